package io.trails.internal.agent;

/** The cells that characters take, near enough to find a cursor in a line. */
final class Cells {
    private Cells() {}

    /** The index in the line of what stands in a column; the length of the line if that is further left. */
    static int index(String line, int column) {
        int cells = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int width = width(character);
            if (width > 0 && cells >= column) return i;
            cells += width;
            i += Character.charCount(character);
        }
        return line.length();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT)
            return 0;
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1f64f)
                || (c >= 0x1f900 && c <= 0x1f9ff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
