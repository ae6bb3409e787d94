package io.trails.tmux.internal.screen;

/** The characters that stand for letters in the graphics character set of the VT100. */
final class LineDrawing {
    private static final String LETTERS = "+,-.0`abcdefghijklmnopqrstuvwxyz{|}~";
    private static final String CHARACTERS = "\u2192\u2190\u2191\u2193\u25ae\u25c6\u2592\u2409\u240c\u240d\u240a\u00b0"
            + "\u00b1\u2424\u240b\u2518\u2510\u250c\u2514\u253c\u23ba\u23bb\u2500\u23bc\u23bd\u251c\u2524\u2534\u252c"
            + "\u2502\u2264\u2265\u03c0\u2260\u00a3\u00b7";

    private LineDrawing() {}

    static int of(int letter) {
        int at = LETTERS.indexOf(letter);
        return at < 0 ? letter : CHARACTERS.charAt(at);
    }
}
