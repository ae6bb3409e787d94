package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What a session has, at one moment. Immutable.
 *
 * @param head the commit that its tree is based on
 * @param branch the full name of the branch that is checked out; empty if none is
 * @param tree of everything that is not ignored
 * @param committed whether that is the commit's
 */
record SessionWork(String head, Optional<String> branch, String tree, boolean committed) {
    /** Empty if nothing has been committed yet. */
    static Optional<SessionWork> look(Git git, MergeStore store, MergeScratch scratch) {
        Optional<String> head = git.commit("HEAD");
        if (head.isEmpty()) return Optional.empty();
        Optional<String> branch = branch(git);
        String headTree = git.text("rev-parse", "--verify", head.get() + "^{tree}");
        GitResult status = git.run("status", "--porcelain=v2", "-z", "--untracked-files=all");
        String tree = status.bytes().length == 0 ? headTree : tree(git, store, scratch);
        return Optional.of(new SessionWork(head.get(), branch, tree, tree.equals(headTree)));
    }

    static Optional<String> branch(Git git) {
        GitResult branch = git.run(GitCall.of("symbolic-ref", "-q", "HEAD").accepting(0, 1));
        return branch.ok() ? Optional.of(branch.text()) : Optional.empty();
    }

    private static String tree(Git git, MergeStore store, MergeScratch scratch) {
        Path index = scratch.index();
        try {
            // Its age tells git which files may have changed unnoticed.
            Files.copy(
                    Path.of(git.text("rev-parse", "--path-format=absolute", "--git-path", "index")),
                    index,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.run(MergeScratch.on(index, GitCall.of("add", "-A")));
        return store.run(MergeScratch.on(index, GitCall.of("write-tree"))).text();
    }

    /** The commit, or one that stands for what is not committed. */
    String commit(MergeStore store) {
        if (committed) return head;
        return StandIn.commit(store, tree, Optional.of(head));
    }
}
