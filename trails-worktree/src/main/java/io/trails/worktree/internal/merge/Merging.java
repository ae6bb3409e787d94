package io.trails.worktree.internal.merge;

import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.internal.changes.TreeDifference;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.tree.SessionTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** One attempt to merge. Single-threaded. */
final class Merging {
    private final SessionTree tree;
    private final MergeRequest request;
    private final Duration limit;
    private final MergeStore store;
    private final MergeScratch scratch;
    private final GitSettings settings;
    private final Hooks hooks;
    private final CommitWriter writer;
    private final Landings landings;

    Merging(SessionTree tree, MergeRequest request, Duration limit, MergeStore store, MergeScratch scratch) {
        this.tree = tree;
        this.request = request;
        this.limit = limit;
        this.store = store;
        this.scratch = scratch;
        settings = GitSettings.of(tree.git());
        hooks = Hooks.of(tree.repository(), settings, request.hooks());
        writer = new CommitWriter(store, request.signed().orElse(settings.isOn("commit.gpgsign")), limit);
        landings = Landings.read(tree);
    }

    MergeResult merge(Target target, SessionWork work) {
        var preparation = new Preparation(request, request.resolver(), store, scratch, unsigned(), landings);
        Prepared prepared = preparation.prepare(target, work.commit(store), Optional.empty());
        Optional<MergeResult> answer = answer(prepared, target, work);
        if (prepared.outcome() == Outcome.UP_TO_DATE && work.committed()) remember(target, work.head());
        if (answer.isPresent()) return answer.get();
        TargetPlace place = TargetPlace.find(tree, target);
        Prepared first = prepared;
        Optional<Reason> obstacle =
                place.busy().or(() -> place.dirty(store, first.result().orElseThrow()));
        if (obstacle.isPresent()) return blocked(obstacle.get());
        boolean commits = !work.committed() || request.strategy() != MergeStrategy.FAST_FORWARD_ONLY;
        Optional<String> committer = commits ? Optional.of(identity()) : Optional.empty();
        String session = work.head();
        if (!work.committed()) {
            String message = Messages.work(request, tree.sessionId());
            Optional<Reason> refused =
                    new WorkCommit(tree, hooks, limit).commit(message, work.staged(), request.signed());
            if (refused.isPresent()) return blocked(refused.get());
            session = store.commit("HEAD").orElseThrow();
        }
        Optional<Reason> unverified = unverified(session);
        if (unverified.isPresent()) return blocked(unverified.get());
        return finish(preparation, prepared, target, work, session, committer);
    }

    private MergeResult finish(
            Preparation preparation,
            Prepared first,
            Target target,
            SessionWork work,
            String session,
            Optional<String> committer) {
        boolean same = makesCommit() && store.tree(session).equals(work.tree());
        try {
            Prepared prepared = first;
            if (!same) {
                prepared = preparation.with(writer).prepare(target, session, committer);
                Optional<MergeResult> answer = answer(prepared, target, work);
                if (answer.isPresent()) return answer.get();
            }
            String result = prepared.result().orElseThrow();
            return makesCommit() ? commit(target, work, session, result) : move(target, work, session, result);
        } catch (GitFailedException e) {
            return blocked(Reason.of(
                    "worktree.commit-refused",
                    "The result could not be committed: " + e.getMessage(),
                    "Do what git asks for, such as a key to sign with, or merge with signed(false)"));
        }
    }

    private MergeResult commit(Target target, SessionWork work, String session, String merged) {
        var commitHooks = new CommitHooks(tree, hooks, scratch, limit);
        boolean merge = request.strategy() == MergeStrategy.MERGE;
        CommitHooks.Outcome hooked = merge
                ? commitHooks.merge(target.commit(), merged, Messages.merge(request, tree.sessionId(), target))
                : commitHooks.squash(
                        target.commit(),
                        merged,
                        Messages.squash(request, tree.sessionId(), store, landings, target, session));
        if (hooked.refusal().isPresent()) return blocked(hooked.refusal().get());
        List<String> parents = merge ? List.of(target.commit(), session) : List.of(target.commit());
        return move(target, work, session, writer.write(hooked.tree(), parents, hooked.message()));
    }

    /** What goes in as other commits is remembered first: whoever is killed after the move would not know. */
    private MergeResult move(Target target, SessionWork work, String session, String commit) {
        boolean same = request.strategy() == MergeStrategy.MERGE || commit.equals(session);
        Optional<Landing> landing = same ? Optional.empty() : Optional.of(landings.add(session, commit));
        TargetMove.Outcome moved = new TargetMove(tree, hooks, limit).move(target, commit);
        if (moved.obstacle().isPresent()) {
            landing.ifPresent(landings::remove);
            return blocked(moved.obstacle().get());
        }
        var notes = new ArrayList<>(moved.notes());
        notes.addAll(SessionObstacles.notes(tree, work));
        return new MergeResult.Merged(target.name(), commit, target.commit(), notes);
    }

    /** Somebody squashed it by hand, or decided that nothing of it is wanted: what follows is merged without it. */
    private void remember(Target target, String session) {
        if (landings.cover(store, target.commit(), session)) return;
        try {
            landings.add(session, target.commit());
        } catch (GitFailedException unwritable) {
            LoggerFactory.getLogger(Merging.class).debug("{} is not remembered as merged", session, unwritable);
        }
    }

    private boolean makesCommit() {
        return request.strategy() == MergeStrategy.MERGE || request.strategy() == MergeStrategy.SQUASH;
    }

    /** What is thrown away is not signed. */
    private CommitWriter unsigned() {
        return new CommitWriter(store, false, limit);
    }

    private Optional<MergeResult> answer(Prepared prepared, Target target, SessionWork work) {
        return switch (prepared.outcome()) {
            case CLEAN -> Optional.empty();
            case UP_TO_DATE -> Optional.of(new MergeResult.UpToDate(target.name(), target.commit()));
            case BLOCKED -> Optional.of(new MergeResult.Blocked(prepared.reasons()));
            case CONFLICTED ->
                Optional.of(new MergeResult.Conflicted(prepared.with(SessionObstacles.notes(tree, work))
                        .preview(target, work, TreeDifference.none())));
        };
    }

    /** As git writes it into a commit. */
    private String identity() {
        GitResult author = tree.git().run(GitCall.of("var", "GIT_AUTHOR_IDENT").accepting(0, 1, 128));
        GitResult committer =
                tree.git().run(GitCall.of("var", "GIT_COMMITTER_IDENT").accepting(0, 1, 128));
        if (author.ok() && committer.ok()) return committer.text();
        throw new TrailsException(
                "worktree.identity-missing",
                "git does not know who commits in " + tree.root() + "; set user.name and user.email: "
                        + (author.ok() ? committer : author).errors());
    }

    /** As {@code git merge} does if it is told to. */
    private Optional<Reason> unverified(String session) {
        if (!settings.isOn("merge.verifysignatures")) return Optional.empty();
        GitResult verified = tree.git().run(GitCall.of("verify-commit", session).accepting(0, 1, 128));
        if (verified.ok()) return Optional.empty();
        return Optional.of(Reason.of(
                "worktree.signature-missing",
                "merge.verifySignatures is set, and commit " + session + " has no good signature",
                "Sign the session's commits, or unset it"));
    }

    private static MergeResult blocked(Reason reason) {
        return new MergeResult.Blocked(List.of(reason));
    }
}
