package io.trails.tmux.internal.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the shell of a pane is what the terminal device listens to, or a program that it runs. See proc(5): {@code tpgid}
 * in {@code /proc/PID/stat} is the process group in the foreground, and a shell that waits at its prompt is a group of its
 * own.
 */
record Foreground(Path proc, long wrapper) {
    private static final int PARENT_GROUP_FIELD = 5;

    /** Whether it is the shell, or empty where that cannot be seen. */
    Optional<Boolean> isShell() {
        try {
            String children = read("task/" + wrapper + "/children").strip();
            if (children.isEmpty()) return Optional.empty();
            int space = children.indexOf(' ');
            String shell = space < 0 ? children : children.substring(0, space);
            String stat = read("stat");
            // The name in parentheses may contain anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(fields.length > PARENT_GROUP_FIELD && fields[PARENT_GROUP_FIELD].equals(shell));
        } catch (IOException | IndexOutOfBoundsException unknown) {
            return Optional.empty();
        }
    }

    private String read(String file) throws IOException {
        return new String(
                Files.readAllBytes(proc.resolve(Long.toString(wrapper)).resolve(file)), StandardCharsets.ISO_8859_1);
    }
}
