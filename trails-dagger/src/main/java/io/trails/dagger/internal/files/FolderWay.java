package io.trails.dagger.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The folders from a root to where something is done, held one by one so that none of them is a link. Keeps those of the
 * last path open, as paths come in order. Single-threaded.
 */
final class FolderWay implements Closeable {
    private final Path root;
    private final Deque<Step> steps = new ArrayDeque<>();

    FolderWay(Path root) {
        this.root = root;
    }

    /**
     * The folder that holds the path. Valid until the next call.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws java.nio.file.NotDirectoryException if there is something else on the way
     */
    Folder to(String path) throws IOException {
        if (steps.isEmpty()) steps.push(new Step("", Folder.open(root)));
        String parent = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        while (!contains(steps.getFirst().path, parent)) steps.pop().folder.close();
        while (!steps.getFirst().path.equals(parent)) {
            String at = steps.getFirst().path;
            int from = at.isEmpty() ? 0 : at.length() + 1;
            int end = parent.indexOf('/', from);
            String next = end < 0 ? parent : parent.substring(0, end);
            steps.push(new Step(next, steps.getFirst().folder.child(next.substring(from))));
        }
        return steps.getFirst().folder;
    }

    /**
     * What is there, and not behind a link that took the place of a directory on the way.
     *
     * @throws ChangedMeanwhileException if a directory on the way was moved since it was first come by
     */
    Optional<FileStamp> stamp(String path) throws IOException {
        try {
            return to(path).stamp(name(path));
        } catch (ChangedMeanwhileException moved) {
            throw new ChangedMeanwhileException(path);
        }
    }

    /** Where a link leads, read by its path between two looks that show it there, as no platform reads one in a held folder. */
    Path target(String path, FileStamp seen) throws IOException {
        try {
            Path target = Files.readSymbolicLink(root.resolve(path));
            if (stamp(path).filter(seen::sameContentAs).isPresent()) return target;
        } catch (FileSystemException moved) {
            // Something else is there, or was for a moment.
        }
        throw new ChangedMeanwhileException(path);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean contains(String folder, String path) {
        return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
    }

    /** Forgets folders that may be others now, as something was replaced. */
    void leave(String path) throws IOException {
        while (!steps.isEmpty() && contains(path, steps.getFirst().path)) {
            steps.pop().folder.close();
        }
    }

    @Override
    public void close() throws IOException {
        while (!steps.isEmpty()) steps.pop().folder.close();
    }

    private record Step(String path, Folder folder) {}
}
