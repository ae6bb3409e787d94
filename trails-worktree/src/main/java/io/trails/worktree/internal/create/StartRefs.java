package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.util.Optional;

/** The refs a session begins with: its start, which also says that the branch is the session's, and the branch. */
final class StartRefs {
    private final Git git;
    private final WorktreePlan plan;
    private final String start;
    private final String branch;

    /** @param git anywhere in the repository */
    StartRefs(Git git, WorktreePlan plan) {
        this.git = git;
        this.plan = plan;
        start = plan.refs().start();
        branch = "refs/heads/" + plan.branch();
    }

    /** Makes both, or what a crash left out of it. */
    void create() {
        if (tryUpdate("create " + start + " " + plan.base(), "create " + branch + " " + plan.base())) return;
        if (git.ref(start).isEmpty()) throw refused();
        if (git.ref(branch).isEmpty() && !tryUpdate("create " + branch + " " + plan.base())) throw refused();
    }

    /** The commit the session started with, if there is one. */
    Optional<String> started() {
        return git.ref(start);
    }

    /** Makes another commit the start. */
    void startWith(String commit) {
        update("update " + start + " " + commit);
    }

    /** Takes both away; what somebody committed meanwhile is kept among the rescued. */
    void delete() {
        Optional<String> started = started();
        if (started.isEmpty()) return;
        Optional<String> tip = git.ref(branch);
        if (tip.isPresent()) {
            if (!tip.get().equals(plan.base())) update("update " + plan.refs().trash() + "branch " + tip.get());
            update("delete " + branch + " " + tip.get(), "delete " + start);
        } else {
            update("delete " + start);
        }
    }

    private boolean tryUpdate(String... commands) {
        try {
            update(commands);
            return true;
        } catch (GitFailedException refused) {
            if (refused.exitCode() < 0) throw refused;
            return false;
        }
    }

    private void update(String... commands) {
        // Hooks that watch references are for what people do.
        git.run(GitCall.of("update-ref", "-m", "trails: session " + plan.sessionId(), "--stdin")
                .config("core.hooksPath", "/dev/null")
                .input(String.join("\n", commands) + "\n")
                .locking());
    }

    private TrailsException refused() {
        return new TrailsException(
                "worktree.branch-taken",
                "The branch '" + plan.branch()
                        + "' cannot be made: it was taken since it was planned, or the repository's"
                        + " refs cannot be written; try again, or choose another name for the session");
    }
}
