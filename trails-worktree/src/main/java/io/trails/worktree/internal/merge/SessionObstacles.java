package io.trails.worktree.internal.merge;

import io.trails.Reason;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.Optional;

/** Why a session's work cannot be merged as it is now. */
final class SessionObstacles {
    private SessionObstacles() {}

    static Optional<Reason> find(SessionTree tree, SessionWork work) {
        Optional<String> operation = UnderWay.in(tree.repository().gitDirectory());
        if (operation.isEmpty() && tree.git().run("ls-files", "-u", "-z").bytes().length > 0)
            operation = Optional.of("merge");
        if (operation.isPresent())
            return Optional.of(Reason.of(
                    "worktree.session-busy",
                    "A " + operation.get() + " is under way in " + tree.root(),
                    "Finish or abort it there first"));
        if (!work.committed() && leftItsBranch(tree, work) && work.branch().isPresent())
            return Optional.of(Reason.of(
                    "worktree.session-branch-left",
                    "The session's tree is on " + work.branch().get()
                            + ", which is not its own branch, and has work that is not committed",
                    "Commit it there, or go back to " + tree.branch().orElse("its branch")));
        return Optional.empty();
    }

    /** What is worth knowing all the same. */
    static Optional<Reason> note(SessionTree tree, SessionWork work) {
        if (!leftItsBranch(tree, work)) return Optional.empty();
        return Optional.of(Reason.of(
                "worktree.session-branch-left",
                "The session's tree is on " + work.branch().orElse("no branch")
                        + " rather than on its own branch; what is merged is what the tree has"));
    }

    private static boolean leftItsBranch(SessionTree tree, SessionWork work) {
        return tree.branch().isPresent()
                && !work.branch().equals(tree.branch().map(name -> "refs/heads/" + name));
    }

    static Reason empty(SessionTree tree) {
        return Reason.of(
                "worktree.session-empty",
                "Nothing has been committed in " + tree.root() + " that could be merged",
                "Commit something there first");
    }
}
