package io.trails.dagger.internal.files;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Writes what is pending over a directory that belongs to whoever asked for it. Whatever is in the way goes. */
final class OverlayCopy {
    private final Path store;
    private final Path target;

    OverlayCopy(Path store, Path target) {
        this.store = store;
        this.target = target;
    }

    /** @param entries with what is deeper first */
    void remove(List<Pending> entries) {
        for (Pending entry : entries) {
            if (!entry.isRemoval() || !isReachable(entry.path())) continue;
            Path file = target.resolve(entry.path());
            try {
                boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                if (!directory || isEmpty(file)) Files.deleteIfExists(file);
            } catch (IOException failed) {
                throw failure(file, failed);
            }
        }
    }

    /** @param entries with what is higher first */
    void copy(Collection<Pending> entries) {
        var modes = new TreeMap<String, Integer>(Comparator.reverseOrder());
        for (Pending entry : entries) {
            if (entry.isRemoval()) continue;
            Path file = target.resolve(entry.path());
            try {
                clearWay(entry.path());
                if (entry.isDirectory()) {
                    if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) PrivateTree.deleteAll(file);
                    Files.createDirectories(file);
                    modes.put(entry.path(), entry.mode());
                } else {
                    PrivateTree.deleteAll(file);
                    copyFile(entry, file);
                }
            } catch (NoSuchFileException appliedMeanwhile) {
                // Then the workspace has it.
            } catch (IOException failed) {
                throw failure(file, failed);
            }
        }
        modes.forEach((path, mode) -> {
            try {
                Permissions.set(target.resolve(path), mode);
            } catch (IOException failed) {
                throw failure(target.resolve(path), failed);
            }
        });
    }

    private void copyFile(Pending entry, Path file) throws IOException {
        Path source = store.resolve(entry.arrival()).resolve(entry.path());
        Files.copy(source, file, LinkOption.NOFOLLOW_LINKS);
        if (entry.wanted().orElseThrow() == FileType.FILE) Permissions.set(file, entry.mode());
    }

    /** Makes directories of all on the way that are none, as a link would lead out. */
    private void clearWay(String path) throws IOException {
        Files.createDirectories(target);
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            Path parent = target.resolve(path.substring(0, end));
            if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) continue;
            Files.deleteIfExists(parent);
            Files.createDirectory(parent);
        }
    }

    private boolean isReachable(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (!Files.isDirectory(target.resolve(path.substring(0, end)), LinkOption.NOFOLLOW_LINKS)) return false;
        }
        return true;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    private static TrailsException failure(Path file, IOException cause) {
        return new TrailsException("dagger.export-failed", file + " could not be written: " + cause, cause);
    }
}
