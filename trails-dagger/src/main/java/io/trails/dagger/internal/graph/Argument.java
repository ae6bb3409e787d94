package io.trails.dagger.internal.graph;

import java.util.List;

/** A named value. Immutable. */
record Argument(String name, Value value) {
    static Argument text(String name, String text) {
        return new Argument(name, new Value.Text(text));
    }

    static Argument texts(String name, List<String> texts) {
        return new Argument(name, Value.Items.texts(texts));
    }

    static Argument id(String name, ObjectId id) {
        return text(name, id.value());
    }

    static Argument truth(String name, boolean truth) {
        return new Argument(name, new Value.Truth(truth));
    }

    static Argument whole(String name, long number) {
        return new Argument(name, new Value.Whole(number));
    }

    static Argument word(String name, Enum<?> constant) {
        return new Argument(name, new Value.Word(constant.name()));
    }
}
