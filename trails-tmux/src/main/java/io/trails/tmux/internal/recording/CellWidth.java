package io.trails.tmux.internal.recording;

import org.jline.utils.WCWidth;

/** How many cells a character takes in tmux 3.3, which decides by single characters. */
final class CellWidth {
    private static final int FIRST_NOT_ASCII = 0x7f;
    private static final int FIRST_FLAG_LETTER = 0x1f1e6;
    private static final int LAST_FLAG_LETTER = 0x1f1ff;
    private static final int FIRST_SKIN = 0x1f3fb;
    private static final int LAST_SKIN = 0x1f3ff;

    private CellWidth() {}

    /** 0 for what goes onto the character before, 1 or 2; negative for what is not shown. */
    static int of(int codePoint) {
        if (codePoint < FIRST_NOT_ASCII) return 1;
        if (codePoint >= FIRST_FLAG_LETTER && codePoint <= LAST_FLAG_LETTER) return 1;
        if (codePoint >= FIRST_SKIN && codePoint <= LAST_SKIN) return 2;
        return Math.min(2, WCWidth.wcwidth(codePoint));
    }
}
