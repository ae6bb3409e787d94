package io.trails.dagger.internal.graph;

import io.trails.TrailsException;

/** Refuses half a pair of surrogates: it has no form in UTF-8, and whatever took its place would name another file. */
final class WellFormed {
    private WellFormed() {}

    static void check(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            // Of a whole pair, the code point is what the pair stands for.
            if (Character.getType(point) == Character.SURROGATE) throw refused(at);
            at += Character.charCount(point);
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
