package io.trails.worktree.internal.merge;

import io.trails.Reason;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.lock.MoveTurn;
import io.trails.worktree.internal.tree.SessionTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves a target from where it was to a commit that contains that, and nothing if it is somewhere else by now. Where it is checked
 * out, git takes the files along, or refuses before it changes any; if it fails in between, they are brought back. Immutable.
 */
final class TargetMove {
    private final SessionTree tree;
    private final Hooks hooks;
    private final Duration limit;

    TargetMove(SessionTree tree, Hooks hooks, Duration limit) {
        this.tree = tree;
        this.hooks = hooks;
        this.limit = limit;
    }

    /**
     * How it ended.
     *
     * @param obstacle why it did not move
     */
    record Outcome(Optional<Reason> obstacle, List<Reason> notes) {
        private static Outcome blocked(Reason reason) {
            return new Outcome(Optional.of(reason), List.of());
        }
    }

    Outcome move(Target target, String commit) {
        TargetPlace place = TargetPlace.find(tree, target);
        Optional<Reason> busy = place.busy();
        if (busy.isPresent()) return Outcome.blocked(busy.get());
        return place.git().map(there -> inTurn(place, there, target, commit)).orElseGet(() -> update(target, commit));
    }

    private Outcome update(Target target, String commit) {
        GitCall move =
                GitCall.of("update-ref", "--create-reflog", "-m", reflog(), target.ref(), commit, target.commit());
        try {
            tree.git().run(hooks.on(move).locking().timeout(limit));
            return new Outcome(Optional.empty(), List.of());
        } catch (GitFailedException refused) {
            return Outcome.blocked(
                    isAt(target, target.commit())
                            ? refused(target, String.valueOf(refused.getMessage()))
                            : moved(target));
        }
    }

    private String reflog() {
        return "trails: merge session " + tree.sessionId();
    }

    private Outcome inTurn(TargetPlace place, Git there, Target target, String commit) {
        Path common = tree.repository().commonDirectory();
        try (MoveTurn turn = MoveTurn.take(common, limit.multipliedBy(2), tree.clock())) {
            return turn.isTaken() ? fastForward(place, there, target, commit) : Outcome.blocked(waiting(target));
        }
    }

    private static Reason waiting(Target target) {
        return Reason.of(
                "worktree.target-busy",
                "Another merge has been moving a branch together with its files for too long; '" + target.name()
                        + "' has not moved",
                "Look for a hook or a filter that hangs, and merge again");
    }

    private Outcome fastForward(TargetPlace place, Git there, Target target, String commit) {
        boolean asExpected =
                SessionWork.branch(there).filter(target.ref()::equals).isPresent() && isAt(target, target.commit());
        if (!asExpected) return Outcome.blocked(moved(target));
        Optional<Reason> dirty = place.dirty(MergeStore.repository(tree.git()), commit);
        if (dirty.isPresent()) return Outcome.blocked(dirty.get());
        GitCall merge = GitCall.of(
                "merge",
                "--ff-only",
                "--no-autostash",
                "--no-overwrite-ignore",
                "--no-verify-signatures",
                "--no-stat",
                "--no-squash",
                "--commit",
                "-q",
                commit);
        String said = "";
        try {
            GitResult result = there.run(hooks.on(merge)
                    .with("GIT_REFLOG_ACTION", reflog())
                    .locking()
                    .timeout(limit)
                    .accepting(0, 1, 2, 128));
            said = result.errors();
        } catch (GitFailedException late) {
            // A hook that runs when all is done may hang; what counts is where the branch is.
            said = String.valueOf(late.getMessage());
        }
        if (isAt(target, commit)) return new Outcome(Optional.empty(), notes(place, said));
        if (!isAt(target, target.commit())) return Outcome.blocked(moved(target));
        List<RepoPath> left = new TargetReturn(place, there, commit).run();
        if (!left.isEmpty()) return Outcome.blocked(halfway(place, said, left));
        return Outcome.blocked(place.busy()
                .or(() -> place.dirty(MergeStore.repository(tree.git()), commit))
                .orElse(refused(target, said)));
    }

    private static List<Reason> notes(TargetPlace place, String said) {
        var notes = new ArrayList<Reason>();
        place.directory()
                .ifPresent(directory -> notes.add(Reason.of(
                        "worktree.target-checked-out", "The files in " + directory + " were brought up to date")));
        if (!said.isEmpty())
            notes.add(Reason.of("worktree.target-said", "git or a hook said while the target moved: " + said));
        return notes;
    }

    private boolean isAt(Target target, String commit) {
        return tree.git().ref(target.ref()).filter(commit::equals).isPresent();
    }

    static Reason moved(Target target) {
        return Reason.of(
                "worktree.target-moved",
                "Branch '" + target.name() + "' moved while the merge was prepared; it is no longer at "
                        + target.commit(),
                "Merge again");
    }

    private static Reason halfway(TargetPlace place, String said, List<RepoPath> left) {
        return Reason.of(
                "worktree.target-halfway",
                "git stopped while it brought the files in "
                        + place.directory().map(String::valueOf).orElse("")
                        + " up to date, and these were not brought back: "
                        + String.join(", ", left.stream().map(RepoPath::text).toList()) + ". It said: " + said,
                "Look at them with git diff; the branch has not moved");
    }

    private static Reason refused(Target target, String said) {
        return Reason.of(
                "worktree.target-refused",
                "git did not move branch '" + target.name() + "': " + said,
                "Do what git asks for, and merge again");
    }
}
