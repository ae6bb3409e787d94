package io.trails.daggerdouble.tree;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Nodes as files. */
public final class Disk {

    private static final int TRIES = 100;

    private Disk() {}

    /** Writes a node at a place where nothing lies. */
    public static void write(Blobs blobs, Node node, Path at) throws IOException {
        if (node instanceof Dir dir) {
            Files.createDirectory(at);
            for (Map.Entry<Path, Node> child : dir.children().entrySet()) {
                write(blobs, child.getValue(), at.resolve(child.getKey()));
            }
            setMode(at, dir.mode());
        } else if (node instanceof Node.Regular file) {
            blobs.copyTo(file.blob(), at);
            setMode(at, file.mode());
            Files.getFileAttributeView(at, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(file.mtime(), TimeUnit.NANOSECONDS), null, null);
        } else if (node instanceof Node.Link link) {
            Files.createSymbolicLink(at, link.target());
        } else {
            pipe(at, node.mode());
        }
    }

    /** Takes a file, directory or link of the disk as it is; null where nothing lies. */
    public static @Nullable Node take(Blobs blobs, Path at) throws IOException {
        return new Upload(blobs, Filter.ALL, Upload.Seen.NOTHING).take(at);
    }

    /** What is read of a file or directory. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads what its owner may not read by its mode, which is the same again afterwards. */
    static <T> T readable(Path at, int mode, Reading<T> reading) throws IOException {
        if ((mode & 0500) == 0500 || ((mode & 0400) != 0 && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS))) {
            return reading.read();
        }
        setMode(at, mode | 0500);
        try {
            return reading.read();
        } finally {
            setMode(at, mode);
        }
    }

    /** Of a file that is no link: without following links a file is opened for it, which its mode may forbid. */
    static void setMode(Path at, int mode) throws IOException {
        if (!Files.isSymbolicLink(at)) Files.setAttribute(at, "unix:mode", mode);
    }

    /** Deletes whatever lies there, also what its owner may not read and what a dying process still adds. */
    public static void delete(Path at) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                deleteOnce(at);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void deleteOnce(Path at) throws IOException {
        if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(at);
            return;
        }
        Files.walkFileTree(at, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                setMode(dir, 0700);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void pipe(Path at, int mode) throws IOException {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", Integer.toOctalString(mode), at.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        mkfifo.onExit().join();
    }
}
