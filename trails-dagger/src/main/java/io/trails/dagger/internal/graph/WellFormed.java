package io.trails.dagger.internal.graph;

import io.trails.TrailsException;

/** Refuses half a pair of surrogates: it has no form in UTF-8, and whatever took its place would name another file. */
final class WellFormed {
    private WellFormed() {}

    static void check(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (!Character.isSurrogate(unit)) continue;
            boolean pair = Character.isHighSurrogate(unit)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (!pair) throw refused(at);
            at++;
        }
    }

    /** Without the text, which may be a secret. */
    private static TrailsException refused(int at) {
        return new TrailsException(
                "dagger.text-malformed",
                "A text for the engine holds half a pair of surrogates at index " + at
                        + ", which cannot be sent; give it text that is well-formed");
    }
}
