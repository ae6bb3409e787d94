package io.trails.dagger.internal.graph;

import java.util.List;

/** What an engine answered to a request. Immutable. */
public final class Answers {
    private final Document document;
    private final Tree data;

    private Answers(Document document, Tree data) {
        this.document = document;
        this.data = data;
    }

    /**
     * The answers in a response.
     *
     * @param document what was asked
     * @param data the response's member {@code data}
     */
    public static Answers of(Document document, Tree data) {
        return new Answers(document, data);
    }

    /**
     * The value of a leaf.
     *
     * @param leaf one that was asked for, or an equal one
     * @throws UnexpectedAnswerException if the value is not what the schema promises
     * @throws IllegalArgumentException if nobody asked for it
     */
    public <T> T get(Leaf<T> leaf) {
        List<String> place = document.place(leaf.chain());
        if (place.isEmpty()) throw new IllegalArgumentException("The leaf was not part of the request");
        Tree value = data;
        for (String name : place) value = value.member(name);
        return leaf.decode(value);
    }
}
