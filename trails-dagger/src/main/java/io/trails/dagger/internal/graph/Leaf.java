package io.trails.dagger.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A value that an engine can be asked for, and the way to it. Asking for it makes the engine do all that lies on the way.
 * Immutable.
 *
 * @param <T> what the value becomes
 */
public final class Leaf<T> {
    private final Chain chain;
    private final Decoder<T> decoder;

    private Leaf(Chain chain, Decoder<T> decoder) {
        this.chain = chain;
        this.decoder = decoder;
    }

    /** Reads a value, and throws {@link UnexpectedAnswerException} if it is of another kind. */
    interface Decoder<T> {
        T decode(Tree tree);
    }

    static Leaf<String> text(Chain chain) {
        return new Leaf<>(chain, Leaf::textOf);
    }

    static Leaf<List<String>> texts(Chain chain) {
        return new Leaf<>(chain, Leaf::textsOf);
    }

    static Leaf<Boolean> truth(Chain chain) {
        return new Leaf<>(chain, tree -> {
            if (tree instanceof Tree.Truth value) return value.truth();
            throw new UnexpectedAnswerException("a truth value");
        });
    }

    static Leaf<Long> whole(Chain chain) {
        return new Leaf<>(chain, Leaf::wholeOf);
    }

    static Leaf<Integer> integer(Chain chain) {
        return new Leaf<>(chain, tree -> {
            long number = wholeOf(tree);
            if (number == (int) number) return (int) number;
            throw new UnexpectedAnswerException("a number of 32 bits");
        });
    }

    static <I extends ObjectId> Leaf<I> id(Chain chain, Function<String, I> make) {
        return new Leaf<>(chain, tree -> make.apply(textOf(tree)));
    }

    private static String textOf(Tree tree) {
        if (tree instanceof Tree.Text value) return value.text();
        throw new UnexpectedAnswerException("a text");
    }

    private static long wholeOf(Tree tree) {
        if (tree instanceof Tree.Whole value) return value.number();
        throw new UnexpectedAnswerException("a whole number");
    }

    private static List<String> textsOf(Tree tree) {
        if (!(tree instanceof Tree.Items array)) throw new UnexpectedAnswerException("a list of texts");
        var texts = new ArrayList<String>(array.items().size());
        for (Tree item : array.items()) texts.add(textOf(item));
        return List.copyOf(texts);
    }

    Chain chain() {
        return chain;
    }

    T decode(Tree tree) {
        return decoder.decode(tree);
    }
}
