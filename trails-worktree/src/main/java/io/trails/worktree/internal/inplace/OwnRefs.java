package io.trails.worktree.internal.inplace;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.snapshot.SnapshotCommits;
import io.trails.worktree.internal.tree.SessionRefs;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The refs of one session in place. Immutable.
 *
 * @param base the commit that was checked out when it started
 */
record OwnRefs(Git git, SessionRefs refs, String base, Clock clock) {
    /**
     * Brings them all to the rescues, in one transaction. A start without work that was not committed is nothing to keep: the user
     * has that commit.
     *
     * @return how many were there
     */
    int toTrash() {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : list()) {
            int space = line.indexOf(' ');
            String object = line.substring(0, space);
            String ref = line.substring(space + 1);
            String name = ref.equals(refs.start()) ? "start" : "checkpoint-" + ref.substring(ref.lastIndexOf('/') + 1);
            boolean nothing = ref.equals(refs.start()) && tree(object).equals(tree(base));
            if (!nothing) lines.add("create " + refs.trash() + name + " " + rescue(object));
            lines.add("delete " + ref + " " + object);
            number++;
        }
        if (number > 0) {
            git.run(GitCall.of("update-ref", "--stdin")
                    .input(String.join("\n", lines) + "\n")
                    .locking());
        }
        return number;
    }

    /** A rescue is as old as its commit, and a checkpoint may be much older. */
    private String rescue(String commit) {
        return new SnapshotCommits(git, clock)
                .commit(
                        tree(commit),
                        List.of(commit),
                        git.text("log", "-1", "--format=%s", commit) + "\n");
    }

    private String tree(String commit) {
        return git.text("rev-parse", "--verify", commit + "^{tree}");
    }

    private List<String> list() {
        return git.run("for-each-ref", "--format=%(objectname) %(refname)", refs.start(), refs.checkpoints())
                .lines();
    }
}
