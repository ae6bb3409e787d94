package io.trails.tmux.internal.input;

import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Text on its way through a buffer of tmux with a random name. The last command deletes the buffer, so that nothing stays
 * behind if one before it fails.
 */
final class PasteBuffer {
    /** In UTF-16 units, each of at most three bytes: what one tmux process takes as an argument ends near 16 KB. */
    private static final int CHUNK = 4000;

    private PasteBuffer() {}

    static List<TmuxCommand> typing(String pane, String text, TmuxVersion version) {
        return commands(pane, text, version, false);
    }

    static List<TmuxCommand> pasting(String pane, String text, TmuxVersion version) {
        return commands(pane, text, version, true);
    }

    private static List<TmuxCommand> commands(String pane, String text, TmuxVersion version, boolean paste) {
        String name = "trails-" + UUID.randomUUID();
        var commands = new ArrayList<TmuxCommand>();
        for (int from = 0; from < text.length(); ) {
            int to = end(text, from);
            String chunk = text.substring(from, to);
            commands.add(
                    from == 0
                            ? TmuxCommand.of("set-buffer", "-b", name, "--", chunk)
                            : TmuxCommand.of("set-buffer", "-a", "-b", name, "--", chunk));
            from = to;
        }
        var words = new ArrayList<>(List.of("paste-buffer", "-r"));
        if (paste) words.add("-p");
        // Since 3.7 control characters are made visible without it.
        if (version.isAtLeast(3, 7)) words.add("-S");
        words.addAll(List.of("-b", name, "-t", pane));
        commands.add(new TmuxCommand(words, false));
        commands.add(TmuxCommand.of("delete-buffer", "-b", name));
        return commands;
    }

    /** Not between the two halves of a code point. */
    private static int end(String text, int from) {
        int to = Math.min(text.length(), from + CHUNK);
        return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }
}
