package io.trails.worktree.internal.merge;

import io.trails.Reason;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Operation;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a session's work cannot be merged as it is now. */
final class SessionObstacles {
    private SessionObstacles() {}

    static Optional<Reason> find(SessionTree tree, SessionWork work) {
        for (Operation operation : Operation.underWay(tree.git()))
            return Optional.of(busy("A " + operation.word() + " is under way in " + tree.root()));
        if (work.unmerged()) return Optional.of(busy("There are conflicts to resolve in " + tree.root()));
        if (!work.committed() && leftItsBranch(tree, work) && work.branch().isPresent())
            return Optional.of(Reason.of(
                    "worktree.session-branch-left",
                    "The session's tree is on " + work.branch().get()
                            + ", which is not its own branch, and has work that is not committed",
                    "Commit it there, or go back to " + tree.branch().orElse("its branch")));
        List<RepoPath> nested = work.committed() ? List.of() : nested(tree, work);
        return nested.isEmpty() ? Optional.empty() : Optional.of(nestedRepository(nested));
    }

    /** Repositories that git does not track, with '/' at their ends: committed with the rest, they would be links to nothing. */
    private static List<RepoPath> nested(SessionTree tree, SessionWork work) {
        var nested = new ArrayList<>(work.left());
        if (nested.isEmpty()) return nested;
        for (RepoPath tracked : tree.git().run("ls-files", "-z").fields()) {
            nested.removeIf(left -> left.length() == tracked.length() + 1 && left.startsWith(tracked));
        }
        return nested;
    }

    static Reason nestedRepository(List<RepoPath> nested) {
        return Reason.of(
                "worktree.nested-repository",
                "The session's tree has repositories of their own in "
                        + String.join(", ", nested.stream().map(RepoPath::text).toList())
                        + ", whose files no commit would hold",
                "Make submodules of them, ignore them, or remove their .git");
    }

    private static Reason busy(String why) {
        return Reason.of("worktree.session-busy", why, "Finish or abort that first");
    }

    /** What is worth knowing all the same. */
    static List<Reason> notes(SessionTree tree, SessionWork work) {
        var notes = new ArrayList<Reason>();
        if (leftItsBranch(tree, work))
            notes.add(Reason.of(
                    "worktree.session-branch-left",
                    "The session's tree is on " + work.branch().orElse("no branch")
                            + " rather than on its own branch; what is merged is what the tree has"));
        if (!work.left().isEmpty())
            notes.add(Reason.of(
                    "worktree.nested-repository",
                    "What is not committed in the repositories in the session's tree is not merged: "
                            + String.join(
                                    ", ",
                                    work.left().stream().map(RepoPath::text).toList()),
                    "Commit it there, and for a submodule commit its new state in the session's tree"));
        return notes;
    }

    private static boolean leftItsBranch(SessionTree tree, SessionWork work) {
        return tree.branch().isPresent() && !work.branch().equals(tree.branch().map(name -> "refs/heads/" + name));
    }

    static Reason empty(SessionTree tree) {
        return Reason.of(
                "worktree.session-empty",
                "Nothing has been committed in " + tree.root() + " that could be merged",
                "Commit something there first");
    }
}
