package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * Ends what a host that was killed right after it committed a session's work could not: the index that belongs to the commit takes
 * its place. Until then git shows all of the work as if it had been taken back.
 */
public final class InterruptedCommits {
    /** Longer than any commit takes: until then somebody may work with what is found. */
    private static final Duration IN_USE = Duration.ofHours(2);

    private final SessionTree tree;
    private final Path index;

    private InterruptedCommits(SessionTree tree) {
        this.tree = tree;
        index = tree.repository().gitDirectory().resolve("index");
    }

    /** Does nothing where nothing was interrupted, and nothing to an index that was written since. */
    public static void finish(SessionTree tree) {
        new InterruptedCommits(tree).finish();
    }

    private void finish() {
        try (DirectoryStream<Path> copies =
                Files.newDirectoryStream(tree.repository().gitDirectory(), IndexCopy.NAME + "*")) {
            for (Path copy : copies) finish(copy);
        } catch (IOException unfinished) {
            LoggerFactory.getLogger(InterruptedCommits.class)
                    .debug("The index of {} stays as it is", tree.root(), unfinished);
        }
    }

    private void finish(Path copy) throws IOException {
        boolean whole = !copy.toString().endsWith(".lock");
        if (whole && isCommitted(copy) && install(copy)) {
            Files.deleteIfExists(copy);
        } else if (Files.getLastModifiedTime(copy)
                .toInstant()
                .isBefore(tree.clock().instant().minus(IN_USE))) {
            Files.deleteIfExists(copy);
        }
    }

    private boolean isCommitted(Path copy) {
        return holds(copy, "HEAD");
    }

    /** Whether what is staged is still what was staged before the commit. */
    private boolean isAhead(Path copy) {
        return IndexCopy.stagedBefore(copy).filter(tree -> holds(index, tree)).isPresent();
    }

    private boolean holds(Path file, String content) {
        GitCall same = GitCall.of("diff-index", "--cached", "--quiet", "--ignore-submodules=none", content);
        return tree.git()
                .run(same.with("GIT_INDEX_FILE", file.toString()).accepting(0, 1, 128))
                .ok();
    }

    private boolean install(Path copy) throws IOException {
        Path lock = index.resolveSibling("index.lock");
        try {
            Files.copy(copy, lock, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (FileAlreadyExistsException held) {
            return false;
        }
        if (!isAhead(copy)) {
            Files.delete(lock);
            return false;
        }
        Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }
}
