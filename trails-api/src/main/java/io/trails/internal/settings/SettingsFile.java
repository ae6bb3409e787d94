package io.trails.internal.settings;

import io.trails.TrailsException;
import io.trails.internal.json.Json;
import io.trails.internal.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The one JSON value of a settings file. */
final class SettingsFile {
    /** More than anybody writes by hand; it bounds what a hostile repository can make a host read. */
    static final int MAX_BYTES = 1 << 20;

    private SettingsFile() {}

    /** The file's content, or empty if there is no such file; one that cannot even be looked for is an error. */
    static Optional<Entry> read(Path file) {
        return exists(file) ? Optional.of(content(file)) : Optional.empty();
    }

    /** The same, but a directory on the way that is closed to this user is not theirs and counts as absent. */
    static Optional<Entry> readIfReachable(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(content(file)) : Optional.empty();
    }

    private static boolean exists(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return true;
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) return false;
        for (Path up = file.getParent(); up != null; up = up.getParent()) {
            if (Files.exists(up) && !Files.isDirectory(up)) return false;
        }
        throw new TrailsException(
                "settings.unreadable",
                "Whether there is a " + file + " cannot be told; give this user access to its directory");
    }

    private static Entry content(Path file) {
        // Anything else may never end, as a named pipe.
        if (!Files.isRegularFile(file)) {
            throw new TrailsException(
                    "settings.unreadable",
                    file + " is no regular file; put the settings there, or remove it to go without");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new TrailsException(
                    "settings.unreadable",
                    file + " cannot be read (" + unreadable + "); make it readable, or remove it to go without",
                    unreadable);
        }
        if (bytes.length > MAX_BYTES) {
            throw new TrailsException(
                    "settings.too-big",
                    file + " is larger than " + MAX_BYTES + " bytes; settings are a small file written by hand");
        }
        try {
            return new Entry(file.toString(), "", Json.LENIENT.read(bytes));
        } catch (JsonSyntaxException malformed) {
            throw new TrailsException(
                    "settings.invalid",
                    file + ":" + malformed.line() + ":" + malformed.column()
                            + ": no valid JSON (comments and trailing commas are fine): " + malformed.getMessage(),
                    malformed);
        }
    }

    /**
     * The same for a file of a repository, which could otherwise show its reader, in an error message, a line of any
     * file of the user's.
     */
    static Optional<Entry> readWithin(Path project, Path file) {
        if (!exists(file)) return Optional.empty();
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(project.toRealPath())) {
                throw new TrailsException(
                        "settings.outside-project",
                        file + " leads out of the project to " + real + "; replace the link by the file itself");
            }
        } catch (IOException dangling) {
            throw new TrailsException(
                    "settings.unreadable",
                    file + " cannot be followed to a file (" + dangling + "); replace it, or remove it to go without",
                    dangling);
        }
        return Optional.of(content(file));
    }
}
