package io.trails.internal.terminal;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The files of one terminal: all that is known of it outside a JVM.
 *
 * @param directory private to the user
 */
record TerminalFiles(Path directory) {
    /** What {@link #delete()} may touch, apart from {@link #line} files: nothing that somebody else put there. */
    private static final List<String> NAMES = List.of(
            "input", "output", "status", "claim", "attached", "turn", "turn" + Turn.GATE, "run", "run" + Turn.GATE);

    private static final String LINE_PREFIX = "line-";

    /** The pipe the program reads. */
    Path input() {
        return directory.resolve("input");
    }

    /** What the program printed. */
    Path output() {
        return directory.resolve("output");
    }

    /** The exit code in decimal and a line feed; complete once the line feed is there. */
    Path status() {
        return directory.resolve("status");
    }

    /** A symbolic link to nowhere whose target says who holds the program: made in one step, whole or not at all. */
    Path claim() {
        return directory.resolve("claim");
    }

    /** Present if the program was started as a child of a host instead of by a holder. */
    Path attached() {
        return directory.resolve("attached");
    }

    /** Locked while a text is written to the pipe. */
    Path turn() {
        return directory.resolve("turn");
    }

    /** Locked while a line runs. */
    Path run() {
        return directory.resolve("run");
    }

    /** A file that belongs to one {@code run}. */
    Path line(String nonce, String kind) {
        return directory.resolve(LINE_PREFIX + nonce + "." + kind);
    }

    /** In the environment of every process of the terminal; no other terminal's mark contains it. */
    String mark() {
        return directory + "/";
    }

    Optional<Holder> holder() {
        try {
            return Optional.of(Holder.parse(Files.readSymbolicLink(claim()).toString()));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(claim(), e);
        }
    }

    OptionalInt exitCode() {
        return number(status());
    }

    /** The number in a file of the form digits and line feed, or empty while the file is absent or half written. */
    static OptionalInt number(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return OptionalInt.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (!text.endsWith("\n")) return OptionalInt.empty();
        try {
            return OptionalInt.of(Integer.parseInt(text.trim()));
        } catch (NumberFormatException e) {
            throw new TrailsException(
                    "terminal.unreadable", file + " should hold a number and does not; remove the terminal", e);
        }
    }

    /** Whether anything was created here. */
    boolean exist() {
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /** Deletes what was created here and nothing else. */
    void delete() {
        try {
            for (String name : NAMES) {
                Path file = directory.resolve(name);
                // None of ours is a directory.
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) Files.deleteIfExists(file);
            }
            try (DirectoryStream<Path> lines = Files.newDirectoryStream(directory, LINE_PREFIX + "*")) {
                for (Path line : lines) Files.deleteIfExists(line);
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return;
        } catch (IOException e) {
            throw new TrailsException(
                    "terminal.not-removed", "Files of a terminal in " + directory + " cannot be deleted: " + e, e);
        }
    }

    static TrailsException unreadable(Path file, IOException cause) {
        return new TrailsException(
                "terminal.unreadable",
                file + ", a file of a terminal, cannot be read: " + cause + "; check its permissions and the disk",
                cause);
    }
}
