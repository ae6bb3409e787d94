package io.trails.dagger.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All of a directory as text, by path: {@code d}, {@code f<mode> <content>} or {@code l<target>}. */
final class TreeView {
    private TreeView() {}

    static Map<String, String> of(Path root) {
        var view = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.equals(root)) view.put(root.relativize(file).toString(), text(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return view;
    }

    static String text(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) return "l" + Files.readSymbolicLink(file);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) return "d";
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
        return "f" + Integer.toOctalString(mode) + " " + Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** A copy with all that a session would see. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
