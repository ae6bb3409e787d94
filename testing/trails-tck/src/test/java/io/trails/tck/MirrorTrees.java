package io.trails.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a sandbox that mirrors the session's files does to trees of them. A saboteur overrides one thing. */
class MirrorTrees {
    /** Whether a path belongs to nobody's work. */
    boolean isExcluded(String path) {
        return path.matches("(.*/)?(\\.git|\\.trails)(/.*)?");
    }

    final Map<String, String> picture(Path root) {
        var picture = new TreeMap<String, String>();
        for (Path path : walk(root)) {
            String key = root.relativize(path).toString();
            if (!key.isEmpty() && !isExcluded(key)) picture.put(key, describe(path));
        }
        return picture;
    }

    final SortedSet<String> differences(Path one, Path other) {
        Map<String, String> left = picture(one);
        Map<String, String> right = picture(other);
        var all = new TreeSet<>(left.keySet());
        all.addAll(right.keySet());
        all.removeIf(key -> Objects.equals(left.get(key), right.get(key)));
        return all;
    }

    /** Makes the paths in one tree what they are in another: first what goes, from below, then what comes, from above. */
    void replicate(SortedSet<String> paths, Path from, Path to) {
        List<String> upwards = paths.stream().sorted(Comparator.reverseOrder()).toList();
        for (String path : upwards) {
            if (!Files.exists(from.resolve(path), LinkOption.NOFOLLOW_LINKS)) remove(to.resolve(path));
        }
        for (String path : paths) {
            if (Files.exists(from.resolve(path), LinkOption.NOFOLLOW_LINKS)) put(from.resolve(path), to.resolve(path));
        }
    }

    void remove(Path path) {
        try {
            if (Files.isDirectory(path.getParent(), LinkOption.NOFOLLOW_LINKS)) Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException holdsWhatIsExcluded) {
            // It stays for the sake of that.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(Path from, Path to) {
        try {
            boolean folder = Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
            if (folder && Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) return;
            Files.deleteIfExists(to);
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of a tree in a directory that is empty or absent. */
    final void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replicate(new TreeSet<>(picture(from).keySet()), from, to);
    }

    final void delete(Path root) {
        List<Path> all = walk(root);
        for (int i = all.size() - 1; i >= 0; i--) remove(all.get(i));
    }

    private static List<Path> walk(Path root) {
        if (!Files.exists(root)) return List.of();
        try (Stream<Path> all = Files.walk(root)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path path) {
        try {
            if (Files.isSymbolicLink(path)) return "link to " + Files.readSymbolicLink(path);
            if (Files.isDirectory(path)) return "folder";
            String mode = Files.isExecutable(path) ? "program " : "file ";
            return mode + Arrays.hashCode(Files.readAllBytes(path)) + " " + Files.size(path);
        } catch (IOException vanished) {
            return "nothing";
        }
    }
}
