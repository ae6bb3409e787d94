package io.trails.dagger.internal.sandbox;

import io.trails.Reason;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.files.HostDelta;
import io.trails.dagger.internal.files.Skipped;
import io.trails.dagger.internal.files.TreeScan;
import io.trails.dagger.internal.files.UploadPattern;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.recipe.Builder;
import io.trails.dagger.internal.recipe.Container;
import io.trails.spi.SandboxNotice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a session's container of its recipe, the files of the host and what is pending. Single-threaded. */
final class Making {
    /** Of an upload and of what is pending. */
    private static final int FEW_LAYERS = 30;

    private final Surroundings with;
    private final HostFiles files;
    private final EngineConnection engine;

    Making(Surroundings with, HostFiles files, EngineConnection engine) {
        this.with = with;
        this.files = files;
        this.engine = engine;
    }

    /** The container with nothing run in it. */
    Situation fresh() {
        var builder = new Builder(
                engine, with.plan().recipe(), with.secrets(), with.plan().key(), with.patience());
        Container container = builder.build();
        TreeScan scan = scanned();
        DirectoryId upload = uploaded(scan);
        ContainerStep filled =
                container.over(container.system()).withDirectory(container.workdir(), upload, container.owner());
        DirectoryId root = withPending(container, filled);
        var settled = container.files(Graph.directory(root)).id();
        Answers answers = engine.ask(with.patience(), settled);
        DirectoryId installed = builder.install(container, root);
        return new Situation(engine, container, installed, answers.get(settled), scan.manifest(), 0);
    }

    /**
     * The container of a checkpoint, with the files that the host has now.
     *
     * @param own what it keeps of its own, as the host could not have it
     * @param seen what it may have of what was pending once, and is to be without if nothing of it is pending now
     */
    Situation over(Saved saved, Set<String> own, Set<String> seen) {
        TreeScan scan = scanned();
        DirectoryId upload = uploaded(scan);
        Container container = new Builder(
                        engine,
                        with.plan().recipe(),
                        with.secrets(),
                        with.plan().key(),
                        with.patience())
                .build();
        ContainerStep step = container.over(saved.root());
        List<String> gone = saved.manifest().compare(scan.manifest()).removed();
        step = FileMoves.remove(step, container, gone);
        List<String> undone = undone(seen, own, scan);
        step = FileMoves.takeBack(step, container, undone);
        // What is its own is no part of what both have.
        step = FileMoves.removeWhatever(step, container, own);
        step = step.withDirectory(container.workdir(), upload, container.owner());
        DirectoryId root = withPending(container, step);
        var settled = container.files(Graph.directory(root)).id();
        Answers answers = engine.ask(with.patience(), settled);
        return new Situation(
                engine,
                container,
                own.isEmpty() ? root : withOwn(container, saved.root(), root, own),
                answers.get(settled),
                scan.manifest(),
                saved.layers()
                        + FileMoves.layers(gone)
                        + FileMoves.layers(undone)
                        + FileMoves.layers(List.copyOf(own))
                        + FEW_LAYERS);
    }

    /** What somebody made and took away again, so that neither the host nor what is pending tells of it. */
    private List<String> undone(Set<String> seen, Set<String> own, TreeScan scan) {
        Set<String> pending = files.pending().paths();
        return seen.stream()
                .filter(path -> !pending.contains(path) && !own.contains(path))
                .filter(path -> scan.manifest().get(path).isEmpty())
                .toList();
    }

    private DirectoryId withOwn(Container container, DirectoryId before, DirectoryId root, Set<String> paths) {
        var own = container
                .files(Graph.directory(before))
                .filter(List.of(), Fetching.patterns(paths))
                .id();
        var whole = container
                .over(root)
                .withDirectory(
                        container.workdir(), engine.ask(with.patience(), own).get(own), container.owner())
                .rootfs()
                .sync();
        return engine.ask(with.patience(), whole).get(whole);
    }

    private TreeScan scanned() {
        TreeScan scan = files.scan();
        scan.warning().ifPresent(warning -> with.tell(SandboxNotice.Kind.WARNING, warning));
        if (!scan.skipped().isEmpty()) {
            Skipped first = scan.skipped().get(0);
            with.tell(
                    SandboxNotice.Kind.WARNING,
                    Reason.of(
                            "dagger.files-skipped",
                            Count.of(
                                    scan.skipped().size(),
                                    "file is not in the container",
                                    "files are not in the container",
                                    first.path() + " (" + first.reason().message() + ")")));
        }
        return scan;
    }

    /** What is not the session's is left out by name, or else what is the session's is copied. */
    private DirectoryId uploaded(TreeScan scan) {
        if (UploadPattern.fit(scan.excluded())) return upload(files.root(), scan.excluded());
        var everything = new HostDelta(List.copyOf(scan.manifest().paths()), List.of());
        Path copies = files.stage(everything, scan).directory();
        try {
            return upload(copies, List.of());
        } finally {
            files.pending().release(copies);
        }
    }

    private DirectoryId upload(Path directory, List<String> excluded) {
        var id = Graph.hostDirectory(directory, excluded, List.of()).id();
        return engine.ask(with.patience(), id).get(id);
    }

    private DirectoryId withPending(Container container, ContainerStep step) {
        ContainerStep whole = step;
        if (!files.pending().isEmpty()) {
            whole = files.staged(overlay -> {
                List<String> removed = files.pending().overlayInto(overlay);
                ContainerStep left = FileMoves.remove(step, container, removed);
                return left.withDirectory(container.workdir(), upload(overlay, List.of()), container.owner());
            });
        }
        var root = whole.rootfs().sync();
        return engine.ask(with.patience(), root).get(root);
    }

    /** A checkpoint's system, if it is still there. */
    static Optional<Saved> usable(Optional<Saved> saved, EngineConnection engine) {
        return saved.filter(kept -> kept.engine() == engine && !engine.isLost());
    }
}
