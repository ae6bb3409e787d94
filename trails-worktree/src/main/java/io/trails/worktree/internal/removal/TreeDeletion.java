package io.trails.worktree.internal.removal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;

/** Deletes a directory with all that is in it, and nothing behind its links. What is gone already is no failure. */
final class TreeDeletion {
    private static final int THREADS = 2;

    private TreeDeletion() {}

    static void delete(Path path) throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) return;
        if (!Site.isDirectory(path)) {
            Files.delete(path);
            return;
        }
        var pool = new ForkJoinPool(THREADS, TreeDeletion::thread, null, false);
        try {
            pool.invoke(new Directory(path));
            Files.deleteIfExists(path);
        } catch (UncheckedIOException failed) {
            throw new IOException(path + " cannot be deleted as a whole: " + failed.getMessage(), failed);
        } finally {
            pool.shutdownNow();
        }
    }

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("trails-removal-" + thread.getPoolIndex());
        return thread;
    }

    /** Empties one directory. */
    @SuppressWarnings("StreamResourceLeak") // Who opens it closes it.
    private static class Directory extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient Path path;

        Directory(Path path) {
            this.path = path;
        }

        DirectoryStream<Path> open() throws IOException {
            return Files.newDirectoryStream(path);
        }

        @Override
        protected void compute() {
            try (DirectoryStream<Path> entries = reopened()) {
                List<Path> all = new ArrayList<>();
                for (Path entry : entries) all.add(entry);
                if (entries instanceof SecureDirectoryStream<Path> secure) empty(secure, all);
                else empty(all);
            } catch (NoSuchFileException gone) {
                return;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Tools protect directories of theirs from writing: not from the owner of all. */
        private DirectoryStream<Path> reopened() throws IOException {
            if (!Files.isWritable(path) && !Files.isSymbolicLink(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            return open();
        }

        private void empty(SecureDirectoryStream<Path> directory, List<Path> entries) throws IOException {
            var below = new ArrayList<Below>();
            for (Path entry : entries) {
                if (!isDeleted(directory, entry.getFileName())) below.add(new Below(directory, entry));
            }
            ForkJoinTask.invokeAll(below);
            for (Below emptied : below) directory.deleteDirectory(emptied.name());
        }

        /** Most entries are files, and asking costs as much as trying. */
        private static boolean isDeleted(SecureDirectoryStream<Path> directory, Path name) {
            try {
                directory.deleteFile(name);
                return true;
            } catch (NoSuchFileException gone) {
                return true;
            } catch (IOException directoryOrFailure) {
                return false;
            }
        }

        /** Where the system cannot hold on to a directory while its entries are deleted. */
        private static void empty(List<Path> entries) throws IOException {
            var below = new ArrayList<Directory>();
            for (Path entry : entries) {
                if (Site.isDirectory(entry)) below.add(new Directory(entry));
                else Files.deleteIfExists(entry);
            }
            ForkJoinTask.invokeAll(below);
            for (Directory emptied : below) Files.deleteIfExists(emptied.path);
        }
    }

    /** One whose parent is held open, so that nobody can put a link in between. */
    private static final class Below extends Directory {
        private static final long serialVersionUID = 1L;

        private final transient SecureDirectoryStream<Path> parent;
        private final transient Path name;

        Below(SecureDirectoryStream<Path> parent, Path path) {
            super(path);
            this.parent = parent;
            name = path.getFileName();
        }

        Path name() {
            return name;
        }

        @Override
        DirectoryStream<Path> open() throws IOException {
            return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
