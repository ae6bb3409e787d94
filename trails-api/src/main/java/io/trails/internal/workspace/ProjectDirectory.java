package io.trails.internal.workspace;

import io.trails.TrailsException;
import io.trails.spi.ResourceLostException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A directory as a plan names it, and what can be wrong with it. */
final class ProjectDirectory {
    private static final String URI_PREFIX = "file:";

    private ProjectDirectory() {}

    /** The path as text from which {@link #parse} makes the same path, whatever the locale. */
    static String print(Path path) {
        String text = path.toString();
        // An absolute path never starts like a URI. The JVM's text for a name it cannot decode is good for nothing.
        return PathKeys.isLossy(text) ? withoutSlash(path.toUri().toString()) : text;
    }

    private static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    static Path parse(String text) {
        try {
            return text.startsWith(URI_PREFIX) ? Path.of(URI.create(text)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new TrailsException(
                    "workspace.path-undecodable",
                    "This JVM cannot name the file '" + text + "' with its charset "
                            + System.getProperty("sun.jnu.encoding")
                            + "; start it under a UTF-8 locale such as LC_ALL=C.UTF-8",
                    e);
        }
    }

    static void requireForCreate(Path directory) {
        if (!Files.exists(directory)) {
            throw new TrailsException(
                    "workspace.directory-missing",
                    "There is no directory " + directory + "; create it or name another project");
        }
        if (!Files.isDirectory(directory)) {
            throw new TrailsException(
                    "workspace.not-a-directory", directory + " is no directory; name the directory of the project");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new TrailsException(
                    "workspace.directory-unreadable",
                    "The directory " + directory
                            + " may not be read by this user; grant read and search permission on it");
        }
    }

    static void requireForOpen(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ResourceLostException(
                    "The project directory " + directory + " is gone; bring it back, or remove the session");
        }
    }
}
