package io.trails.worktree.internal.merge;

import io.trails.ConflictResolver;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeStrategy;
import io.trails.Reason;
import io.trails.Resolution;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.merge.Replay.Settled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Merges as far as that goes without moving anything. Single-threaded. */
final class Preparation {
    private final MergeRequest request;
    private final Optional<ConflictResolver> resolver;
    private final MergeStore store;
    private final MergeScratch scratch;
    private final CommitWriter writer;
    private final Landings landings;
    private final Map<RepoPath, Resolution> made = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    /** @param resolver who is asked; a preview asks nobody */
    Preparation(
            MergeRequest request,
            Optional<ConflictResolver> resolver,
            MergeStore store,
            MergeScratch scratch,
            CommitWriter writer,
            Landings landings) {
        this.request = request;
        this.resolver = resolver;
        this.store = store;
        this.scratch = scratch;
        this.writer = writer;
        this.landings = landings;
    }

    /** The same, with the decisions that were made, for commits that are written in another way. */
    Preparation with(CommitWriter other) {
        var again = new Preparation(request, resolver, store, scratch, other, landings);
        again.made.putAll(made);
        return again;
    }

    /**
     * @param session the commit that is merged
     * @param committer of commits that are made anew, or empty for who made them first
     * @throws IllegalArgumentException if a resolution fits no conflict
     */
    Prepared prepare(Target target, String session, Optional<String> committer) {
        String ours = landings.between(store, target.commit(), session)
                .map(landing -> StandIn.commit(store, target.commit(), landing))
                .orElse(target.commit());
        Ancestry ancestry = Ancestry.of(store, ours, session);
        var current =
                new Prepared(Outcome.CLEAN, ancestry.nearest(), Decisions.none(), Optional.empty(), notes(ancestry));
        if (ancestry.contains(session)) return upToDate(current);
        Prepared prepared = switch (request.strategy()) {
            case MERGE, SQUASH -> merged(current, target, ours, session);
            case REBASE -> replayed(current, target, ours, session, committer);
            case FAST_FORWARD_ONLY -> fastForward(current, target, session);
        };
        if (prepared.outcome() != Outcome.BLOCKED && !stoppedEarly(prepared)) requireAllUsed();
        return prepared;
    }

    /** What a rebase has not come to yet may have the conflicts. */
    private boolean stoppedEarly(Prepared prepared) {
        return request.strategy() == MergeStrategy.REBASE && prepared.outcome() == Outcome.CONFLICTED;
    }

    private void requireAllUsed() {
        var unknown = new TreeSet<>(request.resolutions().keySet());
        unknown.removeAll(used);
        if (!unknown.isEmpty()) throw Decisions.unknown(unknown);
    }

    private List<Reason> notes(Ancestry ancestry) {
        var notes = new ArrayList<Reason>();
        if (ancestry.nearest().isEmpty())
            notes.add(Reason.of("worktree.merge-unrelated", "The two histories have no commit in common"));
        if (!new TreeMerge(store).knowsRenames())
            notes.add(Reason.of(
                    "worktree.merge-not-rename-aware",
                    "git " + store.git().version() + " cannot see renamed files here, so there may be more conflicts",
                    "Use git 2.38 or newer"));
        return notes;
    }

    private static Prepared upToDate(Prepared current) {
        return new Prepared(
                Outcome.UP_TO_DATE, current.start(), current.decisions(), Optional.empty(), current.reasons());
    }

    private Prepared merged(Prepared current, Target target, String ours, String session) {
        TreeMergeResult merged = new TreeMerge(store).merge(ours, session);
        Settled settled = settle(merged, current.start());
        if (settled.tree().isEmpty()) return unsettled(current, settled.decisions());
        if (settled.tree().get().equals(store.tree(target.commit()))) return upToDate(current);
        return new Prepared(Outcome.CLEAN, current.start(), settled.decisions(), settled.tree(), current.reasons());
    }

    private Prepared replayed(
            Prepared current, Target target, String ours, String session, Optional<String> committer) {
        var replay = new Replay(store, writer, committer);
        Replay.Outcome outcome = replay.onto(target.commit(), ours, session, this::settle);
        if (outcome.stopped().isPresent())
            return unsettled(current, outcome.stopped().get());
        if (replay.leavesOutMerges(ours, session) && !sameAsMerge(ours, session, outcome.tip()))
            return current.blocked(Reason.of(
                    "worktree.rebase-merges",
                    "The session has merge commits, and a rebase would leave out what was decided in them",
                    "Use MergeStrategy.MERGE or SQUASH"));
        if (store.tree(outcome.tip()).equals(store.tree(target.commit()))) return upToDate(current);
        return new Prepared(
                Outcome.CLEAN, current.start(), current.decisions(), Optional.of(outcome.tip()), current.reasons());
    }

    private boolean sameAsMerge(String ours, String session, String tip) {
        TreeMergeResult merged = new TreeMerge(store).merge(ours, session);
        return merged.clean() && merged.tree().equals(store.tree(tip));
    }

    private Prepared fastForward(Prepared current, Target target, String session) {
        if (Ancestry.of(store, target.commit(), session).contains(target.commit()))
            return new Prepared(
                    Outcome.CLEAN, current.start(), current.decisions(), Optional.of(session), current.reasons());
        if (store.tree(target.commit()).equals(store.tree(session))) return upToDate(current);
        return current.blocked(Reason.of(
                "worktree.not-fast-forward",
                "Branch '" + target.name() + "' has commits that the session does not have",
                "Use another MergeStrategy, or bring them into the session first"));
    }

    private static Prepared unsettled(Prepared current, Decisions decisions) {
        if (decisions.objections().isEmpty())
            return new Prepared(Outcome.CONFLICTED, current.start(), decisions, Optional.empty(), current.reasons());
        var reasons = new ArrayList<>(decisions.objections());
        reasons.addAll(current.reasons());
        return new Prepared(Outcome.BLOCKED, current.start(), decisions, Optional.empty(), reasons);
    }

    private Settled settle(TreeMergeResult merged, Optional<String> base) {
        if (merged.clean()) return new Settled(Optional.of(merged.tree()), Decisions.none());
        List<OpenConflict> conflicts = Conflicts.of(store, merged, base);
        for (OpenConflict conflict : conflicts) used.add(conflict.conflict().path());
        Decisions decisions = Decisions.of(
                conflicts, request.resolutions(), made, resolver, request.markersAllowed(), new Blobs(store));
        decisions.decided().forEach((conflict, resolution) -> made.put(conflict.path(), resolution));
        boolean settled = decisions.open().isEmpty() && decisions.objections().isEmpty();
        return new Settled(
                settled
                        ? Optional.of(new Settlement(store, scratch).apply(merged, decisions.decided()))
                        : Optional.empty(),
                decisions);
    }
}
