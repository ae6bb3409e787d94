package io.trails.internal.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much the files below a directory take, by their lengths, links not followed.
 *
 * @param unreadable how many files or directories could not be looked at, and are missing from {@code bytes}
 */
record DiskUse(long bytes, long unreadable) {
    /**
     * Walks the tree; stops early, with what was counted so far, when told so.
     *
     * @param others a directory whose files do not count
     */
    static DiskUse of(Path directory, @Nullable Path others, BooleanSupplier stop) throws IOException {
        var counter = new Counter(others, stop);
        Files.walkFileTree(directory, counter);
        return new DiskUse(counter.bytes, counter.unreadable);
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
        private final @Nullable Path others;
        private final BooleanSupplier stop;
        private long bytes;
        private long unreadable;

        private Counter(@Nullable Path others, BooleanSupplier stop) {
            this.others = others;
            this.stop = stop;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(others) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) bytes += attributes.size();
            return stop.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // A file that vanished takes nothing; Files.exists cannot tell that from one that is not ours to see.
            if (!(failure instanceof NoSuchFileException)) unreadable++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            if (failure != null) unreadable++;
            return FileVisitResult.CONTINUE;
        }
    }
}
