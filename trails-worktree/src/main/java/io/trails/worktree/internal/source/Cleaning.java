package io.trails.worktree.internal.source;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.snapshot.Operation;
import io.trails.worktree.internal.snapshot.PrivateIndex;
import io.trails.worktree.internal.snapshot.RefCreation;
import io.trails.worktree.internal.snapshot.Snapshot;
import io.trails.worktree.internal.snapshot.Snapshots;
import io.trails.worktree.internal.snapshot.TreeDiff;
import io.trails.worktree.internal.snapshot.TreeSwitch;
import io.trails.worktree.internal.tree.SessionTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Leaves a source clean after its work was carried, and keeps that work first. Immutable. */
final class Cleaning {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 20;

    private final Git source;
    private final Snapshots snapshots;
    private final SessionTree target;
    private final Duration limit;

    Cleaning(Git source, Optional<String> ignored, SessionTree target) {
        this(source, ignored, target, LIMIT);
    }

    /** @param limit how long others may use the source's index */
    Cleaning(Git source, Optional<String> ignored, SessionTree target, Duration limit) {
        this.limit = limit;
        this.source = source;
        this.target = target;
        snapshots = new Snapshots(source, ignored, target.clock());
    }

    String clean(Work work) {
        Operation.refuseUnderWay(source, "move its work");
        new TreeSwitch(source, snapshots).to(now -> wanted(now, work), now -> keep(now, work));
        return source.ref(ref()).orElseThrow();
    }

    private String ref() {
        return target.refs().trash() + "moved";
    }

    /** What was carried goes; what has become something else meanwhile stays as it is. */
    private String wanted(Snapshot now, Work work) {
        List<TreeDiff> changed = TreeDiff.between(source, now.tree(), work.files());
        if (changed.isEmpty()) return now.headTree();
        try (PrivateIndex index = PrivateIndex.empty(source, Optional.empty())) {
            index.read(now.headTree());
            index.put(TreeDiff.oldEntries(changed));
            return index.writeTree();
        }
    }

    /** After a crash, the first rescue is the one that has everything. The index goes first: without it, no file is touched. */
    private String keep(Snapshot now, Work work) {
        refuseUnless(now.head().equals(Optional.of(work.head())), "something was committed");
        refuseUnless(now.stages().isEmpty() && isKnown(now.indexTree(), work, now.headTree()), "something was staged");
        String rescue = snapshots.commit(now, "What was moved to " + target.sessionId() + "\n");
        RefCreation.create(source, ref(), rescue);
        reset(work, now.headTree());
        return rescue;
    }

    /** Either it is as it was carried, or it has been reset before. */
    private static boolean isKnown(String staged, Work work, String head) {
        return staged.equals(work.index()) || staged.equals(head);
    }

    private void refuseUnless(boolean condition, String what) {
        if (condition) return;
        throw new TrailsException(
                "worktree.source-changed",
                "In " + source.directory() + " " + what
                        + " while its work was being moved; nothing was touched, try again");
    }

    private void reset(Work work, String head) {
        var file = new IndexFile(Path.of(source.text("rev-parse", "--absolute-git-dir")));
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            try (PrivateIndex index = snapshots.copy()) {
                byte[] before = file.bytesOf(index.file());
                refuseUnless(isKnown(index.writeTree(), work, head), "something was staged");
                index.read(head);
                index.refresh();
                if (file.replace(before, index.file())) return;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new TrailsInterruptedException("waiting for the index of " + source.directory(), e);
            }
        } while (System.nanoTime() < deadline);
        throw new TrailsException(
                "worktree.source-changed",
                "Others use the index of " + source.directory()
                        + " all the time, so that its work was not moved; see whether "
                        + "an index.lock was left behind, and try again");
    }
}
