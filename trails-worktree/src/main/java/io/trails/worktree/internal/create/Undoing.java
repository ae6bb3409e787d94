package io.trails.worktree.internal.create;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Trees;
import io.trails.worktree.internal.removal.WorktreeRemoval;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Takes back what a creation made. A tree that was begun in an earlier life is removed with all care, because somebody may have
 * worked in it since; one that was begun just now holds copies only.
 */
final class Undoing {
    private final Entry entry;
    private final WorktreePlan plan;
    private final StartRefs refs;
    private final WorkspaceRequest request;
    private final GitProgram program;
    private final boolean begunEarlier;
    private final boolean rootWasThere;
    private final Path firstMade;

    Undoing(Entry entry, StartRefs refs, WorkspaceRequest request, GitProgram program, boolean begunEarlier) {
        this.entry = entry;
        this.plan = entry.plan();
        this.refs = refs;
        this.request = request;
        this.program = program;
        this.begunEarlier = begunEarlier;
        rootWasThere = Files.exists(plan.root(), LinkOption.NOFOLLOW_LINKS);
        firstMade = firstMissing(plan.root());
    }

    /** The outermost directory that has to be made for the tree. */
    private static Path firstMissing(Path root) {
        Path first = root;
        for (Path at = root.getParent();
                at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS);
                at = at.getParent()) first = at;
        return first;
    }

    /** What cannot be taken back is suppressed onto the cause. An interrupt waits until it is done. */
    void run(Throwable cause) {
        boolean interrupted = Thread.interrupted();
        try {
            if (begunEarlier) remove(cause);
            else discard(cause);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void remove(Throwable cause) {
        attempt(cause, () -> {
            RemovalReport report = WorktreeRemoval.remove(
                    plan, request, program, RemovalPolicy.safe().rescuing());
            if (!report.complete()) {
                throw new TrailsException(
                        "worktree.not-undone",
                        "What an earlier creation began was kept: " + report.kept() + "; remove the session");
            }
        });
    }

    private void discard(Throwable cause) {
        if (entry.isLinked() || !rootWasThere) attempt(cause, this::deleteTree);
        attempt(cause, entry::discard);
        attempt(cause, refs::delete);
        attempt(cause, this::deleteEmptyRefs);
    }

    /** git leaves the outer directories of a deleted ref, and all of one that it could not make. */
    private void deleteEmptyRefs() {
        Path trails = plan.commonDirectory().resolve("refs").resolve("trails");
        Path sessions = trails.resolve("sessions");
        try {
            Trees.deleteIfEmpty(sessions.resolve(plan.key()));
            Trees.deleteIfEmpty(sessions);
            Trees.deleteIfEmpty(trails);
        } catch (IOException e) {
            LoggerFactory.getLogger(Undoing.class).debug("An empty directory stays in {}", trails, e);
        }
    }

    private void deleteTree() {
        try {
            Trees.delete(plan.root());
            Trees.delete(plan.root().resolveSibling(plan.administration()));
            Path parent = plan.root();
            while (!parent.equals(firstMade) && parent.getParent() != null) {
                parent = parent.getParent();
                if (!Trees.deleteIfEmpty(parent)) break;
            }
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.not-undone", plan.root() + " cannot be deleted: " + e + "; delete it yourself", e);
        }
    }

    private static void attempt(Throwable cause, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failed) {
            if (failed != cause) cause.addSuppressed(failed);
        }
    }
}
