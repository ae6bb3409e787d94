package io.trails.worktree.internal.merge;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A copy of a tree's index beside it, which takes its place in the end or is thrown away. Single-threaded. */
final class IndexCopy implements AutoCloseable {
    /** How the names of all of them begin. */
    static final String NAME = "trails-index-";

    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 10;

    private final Git git;
    private final Path index;
    private final Path copy;
    private final byte[] before;

    private IndexCopy(Git git, Path index, Path copy, byte[] before) {
        this.git = git;
        this.index = index;
        this.copy = copy;
        this.before = before;
    }

    /** @param staged the tree of what is in the index */
    static IndexCopy of(Git git, String staged) {
        Path index = Path.of(git.text("rev-parse", "--path-format=absolute", "--git-path", "index"));
        Path copy = index.resolveSibling(NAME + staged + "." + UUID.randomUUID());
        try {
            byte[] content = read(index);
            if (content.length > 0) {
                // Its age tells git which files may have changed unnoticed.
                FileTime age = Files.getLastModifiedTime(index);
                Files.write(copy, content);
                Files.setLastModifiedTime(copy, age);
            }
            return new IndexCopy(git, index, copy, content);
        } catch (IOException e) {
            throw new TrailsException("worktree.unwritable", "The index " + index + " cannot be copied", e);
        }
    }

    /** What was in the index that a copy was made of. */
    static Optional<String> stagedBefore(Path copy) {
        String name = String.valueOf(copy.getFileName());
        int end = name.indexOf('.');
        return name.startsWith(NAME) && end > 0 ? Optional.of(name.substring(NAME.length(), end)) : Optional.empty();
    }

    private static byte[] read(Path index) throws IOException {
        return Files.exists(index) ? Files.readAllBytes(index) : new byte[0];
    }

    GitCall on(GitCall call) {
        return call.with("GIT_INDEX_FILE", copy.toString());
    }

    /** As git does it: whoever holds the lock may rename it over the index. */
    void install() {
        Path lock = index.resolveSibling("index.lock");
        long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
        try {
            while (!locked(lock)) {
                if (System.nanoTime() > deadline) {
                    LoggerFactory.getLogger(IndexCopy.class)
                            .warn("{} has been held for long; 'git reset' brings the index up to date", lock);
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            boolean touched = !Arrays.equals(before, read(index));
            if (touched) {
                Files.delete(lock);
                git.run(GitCall.of("reset", "-q").locking());
            } else {
                Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (NoSuchFileException finished) {
            // Who finds it after the commit takes it for interrupted, and does the same.
            LoggerFactory.getLogger(IndexCopy.class).debug("{} is installed already", copy, finished);
        } catch (IOException e) {
            throw new TrailsException("worktree.unwritable", "The index " + index + " cannot be written", e);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + lock, e);
        }
    }

    private boolean locked(Path lock) throws IOException {
        try {
            Files.copy(copy, lock, StandardCopyOption.COPY_ATTRIBUTES);
            return true;
        } catch (FileAlreadyExistsException held) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + ".lock"));
        } catch (IOException e) {
            throw new TrailsException("worktree.unwritable", copy + " cannot be deleted", e);
        }
    }
}
