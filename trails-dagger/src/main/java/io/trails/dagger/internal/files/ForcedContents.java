package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes the contents of a store outlive a power cut, before an index does that names them. Each once, as far as this process knows.
 * Thread-safe.
 */
final class ForcedContents {
    private final Path store;
    private final Arrivals arrivals;
    private final Consumer<String> at;
    private final Set<Pending> forced = ConcurrentHashMap.newKeySet();

    /** @param at told what was done */
    ForcedContents(Path store, Consumer<String> at) {
        this.store = store;
        this.arrivals = new Arrivals(store);
        this.at = at;
    }

    /**
     * All files first, and then the directories that name them.
     *
     * @param known of which somebody did it
     */
    void force(PendingIndex index, PendingIndex known) throws IOException {
        forced.retainAll(index.entries().values());
        var directories = new TreeSet<Path>(Comparator.reverseOrder());
        for (Pending entry : index.entries().values()) {
            if (!entry.hasContent() || forced.contains(entry)) continue;
            if (entry.equals(known.entries().get(entry.path()))) continue;
            if (entry.wanted().equals(Optional.of(FileType.FILE))) forceFile(arrivals.file(entry));
            Path directory = arrivals.file(entry).getParent();
            while (directory != null && directory.startsWith(store) && directories.add(directory)) {
                directory = directory.getParent();
            }
            at.accept("forced " + entry.path());
        }
        for (Path directory : directories) forceDirectory(directory);
        for (Pending entry : index.entries().values()) {
            if (entry.hasContent()) forced.add(entry);
        }
    }

    private static void forceFile(Path file) throws IOException {
        try {
            force(file);
        } catch (NoSuchFileException appliedMeanwhile) {
            // Then the workspace has it.
        } catch (AccessDeniedException closed) {
            // What it is to have in a workspace is in the index.
            Permissions.set(file, 0600);
            force(file);
        }
    }

    private static void force(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        // Windows forces only what may be written.
        Set<OpenOption> how =
                Set.of(posix ? StandardOpenOption.READ : StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(file, how)) {
                channel.force(true);
            }
        });
    }

    /** Makes creations, renames and removals in it hold. */
    static void forceDirectory(Path directory) throws IOException {
        Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (ClosedByInterruptException interrupt) {
                throw interrupt;
            } catch (IOException unsupported) {
                // Windows opens no directories, and makes renames hold by itself.
            }
        });
    }
}
