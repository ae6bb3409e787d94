package io.trails.dagger.internal.files;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies of what a user changed, at rest so that they can be uploaded. Immutable.
 *
 * @param directory holds the copies under their paths
 * @param delta what it holds, and what was removed: less than was asked for where a file would not hold still or went away
 * @param unsettled what was left for the next time
 */
public record Staging(Path directory, HostDelta delta, Set<String> unsettled) {
    public Staging {
        unsettled = Set.copyOf(unsettled);
    }

    /**
     * Copies.
     *
     * @param now the scan that the delta leads to; stays true for what {@link #delta()} names
     * @param directory private, empty or absent
     * @throws TrailsException {@code dagger.staging-failed} if there is no room for the copies
     */
    public static Staging copy(Path root, HostDelta delta, Manifest now, Path directory) {
        var copied = new ArrayList<String>();
        var unsettled = new TreeSet<String>();
        try (var copies = new StillCopy(root, Files.createDirectories(directory))) {
            for (String path : delta.changed()) {
                Optional<FileStamp> seen = now.get(path);
                if (seen.isPresent() && copies.copy(path, seen.get())) copied.add(path);
                else unsettled.add(path);
            }
            closeDirectories(copied, now, directory);
        } catch (IOException failed) {
            throw new TrailsException(
                    "dagger.staging-failed",
                    "Changed files could not be copied to " + directory + ": " + failed,
                    failed);
        }
        // What a file replaced must not go before the file can come.
        List<String> removed = delta.removed().stream()
                .filter(path -> !unsettled.contains(path.endsWith("/") ? path.substring(0, path.length() - 1) : path))
                .toList();
        return new Staging(directory, new HostDelta(copied, removed), unsettled);
    }

    /** Last, as nothing can be put into a directory that is read-only. */
    private static void closeDirectories(List<String> copied, Manifest now, Path directory) throws IOException {
        var directories = new TreeSet<String>(Comparator.reverseOrder());
        for (String path : copied) {
            if (isDirectory(now, path)) directories.add(path);
            for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
                if (!directories.add(path.substring(0, end))) break;
            }
        }
        for (String path : directories) {
            Optional<FileStamp> stamp = now.get(path);
            if (stamp.isPresent())
                Permissions.set(directory.resolve(path), stamp.get().mode());
        }
    }

    private static boolean isDirectory(Manifest now, String path) {
        Optional<FileStamp> stamp = now.get(path);
        return stamp.isPresent() && stamp.get().type() == FileType.DIRECTORY;
    }
}
