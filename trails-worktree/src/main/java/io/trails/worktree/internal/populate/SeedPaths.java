package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Walks entries in git's order, and makes the directories of the new tree. A directory that exists already, or that is a link
 * in the source, is no place to copy to or from: git sees to what is below it. Single-threaded.
 */
final class SeedPaths {
    private record Place(Path from, Path to) {}

    /** A JVM on macOS writes accents in another way than git. */
    private static final boolean RENAMES =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");

    private final Map<RepoPath, Optional<Place>> places = new HashMap<>();
    private byte[] directory = new byte[0];
    private Optional<Place> current;

    SeedPaths(Path source, Path tree) {
        current = Optional.of(new Place(source, tree));
        places.put(RepoPath.of(""), current);
    }

    /** Empty if git has to write the file. */
    Optional<Seed> place(IndexEntry entry) throws IOException {
        if (!entry.isIn(directory)) {
            directory = Arrays.copyOf(entry.path(), entry.directoryLength());
            current = directory(directory);
        }
        if (current.isEmpty()) return Optional.empty();
        int start = directory.length == 0 ? 0 : directory.length + 1;
        byte[] name = Arrays.copyOfRange(entry.path(), start, entry.path().length);
        return child(current.get(), name).map(place -> new Seed(entry, place.from(), place.to()));
    }

    private Optional<Place> directory(byte[] path) throws IOException {
        RepoPath key = RepoPath.of(path);
        Optional<Place> known = places.get(key);
        if (known != null) return known;
        int slash = path.length - 1;
        while (slash >= 0 && path[slash] != '/') slash--;
        Optional<Place> parent = directory(Arrays.copyOf(path, Math.max(0, slash)));
        Optional<Place> made = Optional.empty();
        if (parent.isPresent()) {
            made = child(parent.get(), Arrays.copyOfRange(path, slash + 1, path.length));
            if (made.isPresent() && !isMade(made.get())) made = Optional.empty();
        }
        places.put(key, made);
        return made;
    }

    private static boolean isMade(Place place) throws IOException {
        if (!Files.isDirectory(place.from(), LinkOption.NOFOLLOW_LINKS)) return false;
        try {
            Files.createDirectory(place.to());
            return true;
        } catch (FileAlreadyExistsException sameButForCase) {
            return false;
        }
    }

    private static Optional<Place> child(Place parent, byte[] name) {
        if (!isPlain(name)) {
            if (RENAMES) return Optional.empty();
            RepoPath hard = RepoPath.of(name);
            Optional<Path> from = hard.in(parent.from());
            Optional<Path> to = hard.in(parent.to());
            if (from.isEmpty() || to.isEmpty()) return Optional.empty();
            return Optional.of(new Place(from.get(), to.get()));
        }
        String text = new String(name, StandardCharsets.US_ASCII);
        if (text.isEmpty() || text.equals(".") || text.equals("..") || isGits(text)) return Optional.empty();
        return Optional.of(new Place(parent.from().resolve(text), parent.to().resolve(text)));
    }

    /** git refuses such names; an index that has them is not git's. */
    private static boolean isGits(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.equals(".git") || small.equals("git~1");
    }

    private static boolean isPlain(byte[] name) {
        for (byte b : name) {
            if (b < 0x20 || b == '\\' || b == ':') return false;
        }
        return true;
    }
}
