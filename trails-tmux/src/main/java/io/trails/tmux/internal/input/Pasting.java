package io.trails.tmux.internal.input;

import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxVersion;
import java.util.ArrayList;
import java.util.List;

/** Text pasted as one piece: in brackets where the program asked for them, and unable to end them. */
public final class Pasting {
    private static final char ESCAPE = '\u001b';
    private static final char CSI = '\u009b';

    private Pasting() {}

    /**
     * What pastes the text into a pane. Line ends become carriage returns, as a terminal sends them.
     *
     * @param pane its id, such as {@code %3}
     * @param text without NUL; what would end the brackets is left out
     * @return to be sent one right after the other, and to the last, whatever becomes of them; none for no text
     */
    public static List<TmuxCommand> commands(String pane, String text, TmuxVersion version) {
        String inside = inside(Typing.withoutNul(text).replace("\r\n", "\r").replace('\n', '\r'));
        if (inside.isEmpty()) return List.of();
        // A mode has its own idea of whether there are brackets.
        var commands = new ArrayList<>(LiveView.commands(pane, version));
        commands.addAll(PasteBuffer.pasting(pane, inside, version));
        return commands;
    }

    /**
     * Without any control sequence that ends a bracketed paste, also where leaving out one would have made another. Looks
     * back from each tilde, and never past the one before, so the time is linear.
     */
    static String inside(String text) {
        if (text.indexOf(ESCAPE) < 0 && text.indexOf(CSI) < 0) return text;
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int from = c == '~' ? startOfEnd(kept) : -1;
            if (from >= 0) kept.setLength(from);
            else kept.append(c);
        }
        return kept.toString();
    }

    /**
     * Where the control sequence begins that a tilde would complete to the end of a paste, or -1. Terminals read control
     * characters amid a sequence as if they stood before it, take leading zeros, and may take further parameters.
     */
    private static int startOfEnd(CharSequence before) {
        int at = before.length() - 1;
        while (at >= 0 && isAmid(before.charAt(at))) at--;
        if (at < 0) return -1;
        int start = at;
        if (before.charAt(at) == '[') {
            start--;
            while (start >= 0 && isIgnored(before.charAt(start))) start--;
            if (start < 0 || before.charAt(start) != ESCAPE) return -1;
        } else if (before.charAt(at) != CSI) {
            return -1;
        }
        return firstParameter(before, at + 1) == 201 ? start : -1;
    }

    private static int firstParameter(CharSequence text, int from) {
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';' || c == ':') break;
            if (c >= '0' && c <= '9') value = Math.min(value * 10 + (c - '0'), 100_000);
        }
        return value;
    }

    private static boolean isAmid(char c) {
        return (c >= '0' && c <= '9') || c == ';' || c == ':' || isIgnored(c);
    }

    private static boolean isIgnored(char c) {
        return (c < ' ' && c != ESCAPE) || c == '\u007f';
    }
}
