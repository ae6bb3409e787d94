package io.trails.tmux.internal.terminal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * The files by which a shell runs one line. The line is in a file of its own, so that its quoting cannot swallow what
 * follows; its exit code comes back in another file, so that no output can imitate it; where its output begins and ends is
 * marked in the stream by control sequences that no terminal shows, with words that nobody has seen before.
 */
final class LineFiles {
    private final PaneFiles files;
    private final String frame;
    private final String typed;
    private final String text;
    private final String begun;
    private final String status;
    private final String beginWord;
    private final String endWord;

    /** @param entry another path of their directory, of safe characters: a shell that edits lines acts on others */
    LineFiles(PaneFiles files, String entry) {
        this.files = files;
        var random = new SecureRandom();
        String name = "line-" + word(random, 8);
        frame = files.in(name);
        typed = " \\command . " + entry + "/" + name + "\n";
        text = frame + ".sh";
        begun = frame + ".begun";
        status = frame + ".status";
        beginWord = word(random, 16);
        endWord = word(random, 16);
    }

    private static String word(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** Present once the shell has come to the line. */
    String begun() {
        return begun;
    }

    boolean exists(String file) {
        return files.place().size(file).isPresent();
    }

    OptionalInt exitCode() {
        return files.number(status);
    }

    byte[] beginMark() {
        return mark(beginWord).getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] endMark() {
        return mark(endWord).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An operating system command of a number that no terminal knows. */
    private static String mark(String word) {
        return "\033]7777;" + word + "\007";
    }

    void write(String line) {
        // Nobody reads them yet, and nobody has used their names.
        files.place().append(text, (line + "\n").getBytes(StandardCharsets.UTF_8));
        files.place().append(frame, frameText().getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes the lines of hosts that were killed: they may hold what nobody else should read. */
    void sweep() {
        for (String name : files.place().list(files.directory())) {
            if (name.startsWith("line-") && name.endsWith(".sh")) files.place().delete(files.in(name));
        }
    }

    /** {@code command} keeps an error in the line from ending the shell, the backslash keeps aliases away. */
    private String frameText() {
        return "\\command : >|" + quoted(begun) + "\n"
                + "\\command printf '\\033]7777;" + beginWord + "\\007'\n"
                + "\\command . " + quoted(text) + "\n"
                + "\\command printf '%s\\n' \"$?\" >|" + quoted(status) + "\n"
                + "\\command printf '\\033]7777;" + endWord + "\\007'\n";
    }

    /** What is typed. The space keeps it out of the history of shells that are told to leave such lines out. */
    String typed() {
        return typed;
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }

    /** What the shell has not come to does nothing any more. */
    void takeBack() {
        files.place().write(frame, new byte[0]);
    }

    void delete() {
        files.place().delete(text);
        files.place().delete(frame);
        files.place().delete(begun);
        files.place().delete(status);
    }
}
