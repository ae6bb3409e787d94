package io.trails.tmux.internal.input;

import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text typed as it is, byte for byte in UTF-8; a line feed is the return key. */
public final class Typing {
    /** A word per byte costs more than a buffer from some size on. */
    private static final int SMALL = 512;

    private Typing() {}

    /**
     * What types the text into a pane.
     *
     * @param pane its id, such as {@code %3}
     * @param text without NUL
     * @return to be sent one right after the other, and to the last, whatever becomes of them; none for no text
     */
    public static List<TmuxCommand> commands(String pane, String text, TmuxVersion version) {
        String keys = withoutNul(text).replace('\n', '\r');
        if (keys.isEmpty()) return List.of();
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        var commands = new ArrayList<>(LiveView.commands(pane, version));
        if (bytes.length > SMALL || !hasBytes(version)) commands.addAll(PasteBuffer.typing(pane, keys, version));
        else commands.add(bytes(pane, bytes));
        return commands;
    }

    /** {@code send-keys -H} came with 3.0a, whatever the list of changes says. */
    static boolean hasBytes(TmuxVersion version) {
        return version.isAtLeast(3, 1);
    }

    static TmuxCommand bytes(String pane, byte[] bytes) {
        var words = new ArrayList<String>(bytes.length + 4);
        words.addAll(List.of("send-keys", "-H", "-t", pane));
        for (byte each : bytes) {
            String digits = Integer.toHexString(each & 0xff);
            words.add(digits.length() == 1 ? "0" + digits : digits);
        }
        return new TmuxCommand(words, false);
    }

    static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("The text contains NUL");
        return text;
    }
}
