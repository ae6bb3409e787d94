package io.trails.worktree.internal.jgit;

import io.trails.DirtyPolicy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code worktree} provider where there is no git program. Sessions begin from a commit; they have changes and nothing else:
 * no diffs, checkpoints or merges. Work that is not committed is never brought over, and a worktree is removed only if nothing at
 * all would be lost: a policy that rescues is not kept (W-18). Sessions of one engine can be opened by the other. Stateless.
 */
public final class JGitWorkspaces {
    private JGitWorkspaces() {}

    /** Whether a project's repository is one in which JGit loses nothing, and what is missing then. */
    public static Availability probe(ProbeContext context) {
        try (JGitTree tree = JGitTree.around(context.project())) {
            List<Reason> reasons = new ArrayList<>(JGitSafety.refusals(tree));
            if (tree.commit("HEAD").isEmpty()) {
                reasons.add(
                        Reason.of("worktree.no-commit", "Nothing has been committed in " + tree.root(), "Commit once"));
            }
            if (!reasons.isEmpty()) return Availability.unavailable(reasons.toArray(Reason[]::new));
            return Availability.available(Reason.of(
                    "worktree.without-git",
                    "There is no git on the PATH: sessions have no diffs, checkpoints and merges",
                    "Install git 2.31 or newer"));
        } catch (TrailsException refused) {
            return Availability.unavailable(
                    Reason.of(refused.code(), String.valueOf(refused.getMessage()), "Install git 2.31 or newer"));
        } catch (IOException | RuntimeException e) {
            return Availability.unavailable(Reason.of(
                    "worktree.repository-damaged",
                    "The repository of " + context.project() + " cannot be read: " + e,
                    "Install git and run git fsck"));
        }
    }

    public static WorktreePlan plan(WorkspaceRequest request) {
        return new JGitPlanning(request).plan();
    }

    public static Workspace create(WorktreePlan plan, WorkspaceRequest request) {
        var entry = new Entry(plan);
        if (entry.isOurs() && entry.progress() == Step.READY) return open(plan, request);
        try (JGitTree source = JGitTree.at(source(plan))) {
            JGitSafety.require(source);
            // What git carried into the tree already must not be written over.
            if (entry.isOurs() && entry.progress() != Step.REGISTERED)
                throw GitNeeded.forThat("the worktree " + plan.root() + " that git began is not finished");
            requireNothingToCarry(source, plan, request);
            new JGitCreation(source, plan).run();
            return new JGitWorkspace(plan);
        } catch (IOException e) {
            throw JGitTree.failed(plan.root(), e);
        }
    }

    private static void requireNothingToCarry(JGitTree source, WorktreePlan plan, WorkspaceRequest request)
            throws IOException {
        if (plan.forkOf().isPresent()) throw GitNeeded.forThat("no session starts from a checkpoint");
        if (plan.dirty() == DirtyPolicy.IGNORE) return;
        Optional<String> own = JGitPlanning.ownState(source.root(), request);
        Optional<String> work = new UncommittedWork(source, own, false).describe();
        if (work.isEmpty()) return;
        if (plan.dirty() == DirtyPolicy.BLOCK) {
            throw new TrailsException(
                    "worktree.source-dirty",
                    source.root() + " has work that is not committed: " + work.get()
                            + "; commit it, or open the session with DirtyPolicy.IGNORE");
        }
        throw GitNeeded.forThat("work that is not committed, " + work.get()
                + ", is not brought over; commit it, or open the session with DirtyPolicy.IGNORE");
    }

    static Path source(WorktreePlan plan) {
        Path source = plan.source()
                .orElseThrow(
                        () -> GitNeeded.forThat("no session is made in the bare repository " + plan.commonDirectory()));
        if (Files.isDirectory(source)) return source;
        throw new TrailsException(
                "worktree.source-missing",
                source + ", from which the session was to start, is gone; bring it back or plan anew");
    }

    public static Workspace open(WorktreePlan plan, WorkspaceRequest request) {
        var entry = new Entry(plan);
        boolean there = entry.isOurs() && Files.isDirectory(plan.root(), LinkOption.NOFOLLOW_LINKS);
        if (!there || entry.progress() != Step.READY || !entry.isLinked()) {
            throw new ResourceLostException("The worktree " + plan.root() + " of session '" + request.sessionId()
                    + "' is gone, or needs a repair that only git does; bring it back, or remove the session");
        }
        entry.lock();
        try (JGitTree tree = JGitTree.at(plan.root())) {
            if (tree.ref(plan.refs().start()).isPresent()) return new JGitWorkspace(plan);
            throw new ResourceLostException("The ref " + plan.refs().start()
                    + ", which keeps what the session started with, is gone; bring it back, or remove the session");
        } catch (IOException e) {
            throw JGitTree.failed(plan.root(), e);
        }
    }

    /** Fails closed; a policy that rescues changes nothing, because nothing is rescued without git. */
    public static RemovalReport remove(WorktreePlan plan, WorkspaceRequest request, RemovalPolicy policy) {
        try {
            return new JGitRemoval(plan, policy).run();
        } catch (IOException e) {
            return RemovalReport.kept(
                    plan.root().toString(),
                    Reason.of(
                            "worktree.not-removed",
                            "What is in the worktree of '" + request.sessionId() + "' cannot be seen: " + e,
                            "Install git and remove the session again"));
        }
    }
}
