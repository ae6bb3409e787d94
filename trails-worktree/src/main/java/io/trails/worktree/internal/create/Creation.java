package io.trails.worktree.internal.create;

import io.trails.DirtyPolicy;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.Ahead;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.populate.Population;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.source.Carry;
import io.trails.worktree.internal.source.SourceState;
import io.trails.worktree.internal.tree.SessionTree;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Creates the worktree of a session step by step. Each step can be repeated, and how far it came is written down, so that after a
 * crash the next creation goes on from there. What fails is undone. No post-checkout hook runs. Single-threaded.
 */
public final class Creation {
    private final WorktreePlan plan;
    private final WorkspaceRequest request;
    private final Entry entry;
    private final SessionTree tree;
    private final Git source;
    private final StartRefs refs;
    private final Consumer<Step> watcher;

    public Creation(WorktreePlan plan, WorkspaceRequest request, GitProgram program) {
        this(plan, request, program, step -> {});
    }

    /** @param watcher is told of each step before it is written down */
    Creation(WorktreePlan plan, WorkspaceRequest request, GitProgram program, Consumer<Step> watcher) {
        this.plan = plan;
        this.request = request;
        this.watcher = watcher;
        entry = new Entry(plan);
        tree = plan.tree(program, request.clock());
        source = new Git(program, plan.source().orElse(plan.commonDirectory()));
        refs = new StartRefs(source, plan);
    }

    public SessionTree run() {
        if (!Files.isDirectory(source.directory())) {
            throw new TrailsException(
                    "worktree.source-missing",
                    source.directory() + ", from which the session was to start, is gone; bring it back or plan anew");
        }
        boolean begun = entry.isOurs();
        if (begun && entry.progress() == Step.READY) {
            return new Opening(plan, request, source.program()).open();
        }
        if (!begun) refuseDirty();
        var undoing = new Undoing(entry, refs, request, source.program(), begun);
        try {
            create();
            return tree;
        } catch (RuntimeException | Error failed) {
            undoing.run(failed);
            throw failed;
        }
    }

    private void refuseDirty() {
        if (plan.dirty() != DirtyPolicy.BLOCK || refs.started().isPresent()) return;
        SourceState state = SourceState.of(source);
        if (state.clean()) return;
        throw new TrailsException(
                "worktree.source-dirty",
                source.directory() + " has work that is not committed: " + state.describe()
                        + "; commit it, or open the session with DirtyPolicy.CARRY, MOVE or IGNORE");
    }

    /** Whether there is work to carry takes long to tell, and can be told while the tree is made. */
    private void create() {
        if (!carries() || !entry.progress().isBefore(Step.CARRIED)) {
            create(this::fork);
            return;
        }
        try (Ahead<Boolean> needed = Ahead.ask(() -> carrying().isNeeded())) {
            create(() -> carry(needed));
        }
    }

    private void create(Runnable carry) {
        refs.create();
        if (GitRegistration.isNeeded(plan)) new GitRegistration(source, entry).run();
        else entry.register();
        new TreeRoot(entry).link();
        Optional<String> content = Verification.requireOwnTree(tree.git(), plan);
        step(Step.REGISTERED, () -> {});
        step(Step.POPULATED, () -> populate(content));
        step(Step.CARRIED, carry);
        step(Step.INCLUDED, this::include);
        step(Step.PREPARED, () -> new Preparation(plan, request).run());
        finish();
    }

    private void step(Step step, Runnable action) {
        if (!entry.progress().isBefore(step) && step != Step.REGISTERED) return;
        action.run();
        watcher.accept(step);
        if (step != Step.REGISTERED) entry.reached(step);
    }

    private void populate(Optional<String> content) {
        for (Reason caveat : Population.populate(tree.git(), plan.source(), plan.base(), content, request.settings()))
            LoggerFactory.getLogger(Creation.class).warn("{}: {} {}", plan.root(), caveat.message(), caveat.remedy());
        try {
            Files.createDirectories(plan.directory());
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.unwritable", plan.directory() + " cannot be created: " + e.getMessage(), e);
        }
    }

    private void fork() {
        plan.forkOf().ifPresent(checkpoint -> refs.startWith(Carry.fork(tree, checkpoint)));
    }

    private void carry(Ahead<Boolean> needed) {
        if (needed.get()) carrying().carry().ifPresent(refs::startWith);
    }

    private boolean carries() {
        if (plan.forkOf().isPresent()) return false;
        return plan.source().isPresent() && (plan.dirty() == DirtyPolicy.CARRY || plan.dirty() == DirtyPolicy.MOVE);
    }

    private Carry carrying() {
        return new Carry(source, ownState(), tree);
    }

    private void include() {
        if (plan.source().isPresent()) new Inclusion(source, plan.root(), request.directory()).run();
    }

    /** Once the source has been touched, the session is the place of the work, whatever happens. */
    private void finish() {
        boolean interrupted = false;
        try {
            clean();
        } catch (TrailsException failed) {
            interrupted = Thread.interrupted();
            if (!isMoved()) {
                if (interrupted) Thread.currentThread().interrupt();
                throw failed;
            }
            LoggerFactory.getLogger(Creation.class)
                    .warn("Work was moved from {}, but not all of it is gone there", source.directory(), failed);
        }
        watcher.accept(Step.READY);
        entry.reached(Step.READY);
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void clean() {
        if (plan.dirty() != DirtyPolicy.MOVE || plan.source().isEmpty()) return;
        Optional<String> carried = refs.started().filter(start -> !start.equals(plan.base()));
        if (carried.isPresent()) carrying().clean(carried.get());
    }

    /** The rescue of what is moved is made before anything of it is touched. */
    private boolean isMoved() {
        return source.ref(plan.refs().trash() + "moved").isPresent();
    }

    /** What in the source is trails' own. */
    private Optional<String> ownState() {
        Path root = source.directory();
        Path state = request.stateDirectory();
        if (!state.startsWith(root) || state.equals(root)) return Optional.empty();
        return Optional.of(root.relativize(state).toString().replace('\\', '/') + "/");
    }
}
