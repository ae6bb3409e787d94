package io.trails.worktree.internal.inplace;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.tree.SessionRefs;
import java.util.ArrayList;
import java.util.List;

/**
 * The refs of one session in place. Immutable.
 *
 * @param base the commit that was checked out when it started
 */
record OwnRefs(Git git, SessionRefs refs, String base) {
    /**
     * Renames them all, in one transaction; what they keep stays kept. A start without work that was not committed is nothing to
     * keep: the user has that commit.
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
            String name = ref.equals(refs.start()) ? "start" : kind(ref) + ref.substring(ref.lastIndexOf('/') + 1);
            if (!isSaved(ref, object)) lines.add("create " + refs.trash() + name + " " + object);
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

    private String kind(String ref) {
        return ref.startsWith(refs.checkpoints()) ? "checkpoint-" : "merged-";
    }

    /** What went into branches is on branches, unless somebody took it back. */
    private boolean isSaved(String ref, String object) {
        if (object.equals(base) || ref.startsWith(refs.mergedAs())) return true;
        return ref.startsWith(refs.merged())
                && git.run("rev-list", "--max-count=1", object, "--not", "--branches", "--remotes")
                        .lines()
                        .isEmpty();
    }

    private List<String> list() {
        return git.run(
                        "for-each-ref",
                        "--format=%(objectname) %(refname)",
                        refs.start(),
                        refs.checkpoints(),
                        refs.merged(),
                        refs.mergedAs())
                .lines();
    }
}
