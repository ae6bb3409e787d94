package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.tree.SessionTree;
import java.time.Duration;

/**
 * Calls that read the session's tree and no other: they name the repository themselves, since one whose {@code .git} an agent
 * deleted would else be taken for a part of the repository around it. Immutable.
 */
record TreeCalls(SessionTree tree) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** Whoever reads a stream may be slow. */
    private static final Duration STREAM_LIMIT = Duration.ofHours(2);

    GitCall of(String... arguments) {
        return GitCall.of(arguments)
                .with("GIT_DIR", tree.repository().gitDirectory().toString())
                .with("GIT_WORK_TREE", tree.root().toString())
                .timeout(LIMIT);
    }

    GitCall streaming(String... arguments) {
        return of(arguments).timeout(STREAM_LIMIT);
    }

    /** Of the tree that holds nothing, which git knows without having it. */
    String emptyTree() {
        return tree.repository().objectFormat().equals("sha256")
                ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
                : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    }
}
