package io.trails.dagger.internal.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import org.slf4j.LoggerFactory;

/**
 * What an export leaves that failed: parts of files. The engine's program keeps them open, possibly for minutes, so that they take
 * room also when they are deleted; and it is the want of room for which exports fail.
 */
final class Leftovers {
    private Leftovers() {}

    /** Empties the files of those names in a directory, and those below. Nothing is left of them that could fill a disk. */
    static void empty(Path directory, Collection<String> names) {
        for (String name : names) {
            try {
                Path left = directory.resolve(name).normalize();
                if (isIn(directory, left)) Files.walkFileTree(left, new Emptying());
            } catch (IOException e) {
                LoggerFactory.getLogger(Leftovers.class).debug("Parts of files stay", e);
            }
        }
    }

    /** Not behind a link on the way to it: what is there is not ours. */
    private static boolean isIn(Path directory, Path left) throws IOException {
        Path parent = left.getParent();
        if (parent == null || !left.startsWith(directory) || !Files.exists(left, LinkOption.NOFOLLOW_LINKS))
            return false;
        return parent.toRealPath()
                .equals(directory
                        .toRealPath()
                        .resolve(directory.relativize(parent).toString())
                        .normalize());
    }

    /** Links are not followed. */
    private static final class Emptying extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile() && attributes.size() > 0) truncate(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            LoggerFactory.getLogger(Leftovers.class).debug("What is in there stays", failure);
            return FileVisitResult.CONTINUE;
        }

        private static void truncate(Path path) throws IOException {
            try {
                open(path).close();
            } catch (AccessDeniedException denied) {
                File file = path.toFile();
                if (!file.setWritable(true)) throw denied;
                open(path).close();
            }
        }

        private static FileChannel open(Path path) throws IOException {
            return FileChannel.open(
                    path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
