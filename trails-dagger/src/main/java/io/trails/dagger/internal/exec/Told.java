package io.trails.dagger.internal.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * What the script that ran a command tells of its end. Comes out of the container: the command could have written it.
 *
 * @param how the command ended
 * @param detail its exit code, what was missing or which limit could not be set
 * @param late whether its time had passed
 */
public record Told(How how, String detail, boolean late) {
    /** The ways to end. */
    public enum How {
        /** The command ended with a code. */
        EXITED,
        /** It did not start. */
        UNSTARTED,
        /** A limit could not be set, so it did not start. */
        UNLIMITED,
        /** Nothing was told. */
        SILENT
    }

    private static final int LONGEST = 200;

    /** Reads it in the directory that came back. */
    public static Told in(Path directory) throws IOException {
        boolean late = Files.isRegularFile(directory.resolve("late"), LinkOption.NOFOLLOW_LINKS);
        Path end = directory.resolve("end");
        if (!Files.isRegularFile(end, LinkOption.NOFOLLOW_LINKS)) return new Told(How.SILENT, "", late);
        String[] words = line(end).split(" ", 2);
        String detail = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "exited" ->
                detail.matches("[0-9]{1,3}") ? new Told(How.EXITED, detail, late) : new Told(How.SILENT, "", late);
            case "unstarted" -> new Told(How.UNSTARTED, detail, late);
            case "unlimited" -> new Told(How.UNLIMITED, detail, late);
            default -> new Told(How.SILENT, "", late);
        };
    }

    /** The code of a command that exited. */
    public int exitCode() {
        return Integer.parseInt(detail);
    }

    private static String line(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (InputStream in = Channels.newInputStream(Files.newByteChannel(file, options))) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
        }
    }
}
