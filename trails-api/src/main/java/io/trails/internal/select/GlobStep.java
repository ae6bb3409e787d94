package io.trails.internal.select;

import java.util.List;

/**
 * A state of a {@link PathGlob}: it takes a character, or leads elsewhere without one.
 *
 * @param kind which of these it does
 * @param ranges the characters between each two of these; none for a step that leads elsewhere
 * @param negated whether all others are meant
 * @param slash whether {@code /} is taken, which the ranges never say
 * @param ways the states it leads to without a character
 */
record GlobStep(Kind kind, List<Integer> ranges, boolean negated, boolean slash, List<Integer> ways) {
    enum Kind {
        /** Takes one character and goes on. */
        ONE,
        /** Takes as many as there are. */
        ANY,
        /** Goes on to any of its ways. */
        FORK
    }

    static GlobStep one(int character) {
        boolean slash = character == '/';
        return new GlobStep(Kind.ONE, slash ? List.of() : List.of(character, character), false, slash, List.of());
    }

    static GlobStep one(List<Integer> ranges, boolean negated) {
        return new GlobStep(Kind.ONE, ranges, negated, false, List.of());
    }

    static GlobStep any(boolean slash) {
        return new GlobStep(Kind.ANY, List.of(), true, slash, List.of());
    }

    static GlobStep fork(List<Integer> ways) {
        return new GlobStep(Kind.FORK, List.of(), false, false, List.copyOf(ways));
    }

    boolean consumes() {
        return kind != Kind.FORK;
    }

    /** Whether it takes any number of characters, also none: then the next state is reached without one, too. */
    boolean repeats() {
        return kind == Kind.ANY;
    }

    boolean accepts(int character, boolean ignoringCase) {
        if (character == '/') return slash;
        boolean inside = contains(character)
                || (ignoringCase
                        && (contains(Character.toLowerCase(character)) || contains(Character.toUpperCase(character))));
        return inside != negated;
    }

    private boolean contains(int character) {
        for (int i = 0; i < ranges.size(); i += 2) {
            if (ranges.get(i) <= character && character <= ranges.get(i + 1)) return true;
        }
        return false;
    }
}
