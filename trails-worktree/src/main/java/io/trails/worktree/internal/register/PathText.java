package io.trails.worktree.internal.register;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths in files that git and trails read: the bytes that the file system has. */
public final class PathText {
    private PathText() {}

    /** Whether this JVM can write the path down and find the same file again, and git can print it on a line. */
    public static boolean isExpressible(Path path) {
        String text = path.toString();
        try {
            return Path.of(text).equals(path) && text.chars().noneMatch(Character::isISOControl);
        } catch (InvalidPathException inexpressible) {
            return false;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(charset());
    }

    /** The only line of a small file, without its end; empty if there is no such file. */
    static Optional<String> line(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return Optional.empty();
        String text = new String(Files.readAllBytes(file), charset());
        return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    private static Charset charset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
