package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.exec.EngineVariables;
import io.trails.dagger.internal.exec.Script;
import io.trails.dagger.internal.files.Applied;
import io.trails.dagger.internal.files.HostDelta;
import io.trails.dagger.internal.files.Mode;
import io.trails.dagger.internal.files.PendingStore;
import io.trails.dagger.internal.files.Staging;
import io.trails.dagger.internal.files.TreeScan;
import io.trails.dagger.internal.files.WithheldFiles;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxNotice.Kind;
import io.trails.spi.SandboxUnreachableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The session's files in its container, and what of them waits on the host. */
final class DaggerCopy implements SandboxCopy {
    private static final Duration IMAGE_PATIENCE = Duration.ofHours(1);

    private final SessionContainer container;
    private final HostFiles files;
    private final Surroundings with;
    private final Outlook outlook;
    private final Checkpoints checkpoints;
    private final SavedContainers saved;
    private final Runnable stop;

    DaggerCopy(SessionContainer container, SavedContainers saved, Runnable stop) {
        this.container = container;
        this.saved = saved;
        this.stop = stop;
        files = container.files();
        with = container.surroundings();
        outlook = new Outlook(container);
        checkpoints = new Checkpoints(with.plan().own());
    }

    private <T> T inTurn(String doing, Supplier<T> work) {
        return container.turns().take(doing, work);
    }

    @Override
    public Changes pending() {
        return outlook.pending();
    }

    @Override
    public BroughtBack preview() {
        return outlook.preview();
    }

    @Override
    public BroughtBack bringBack() {
        return container
                .betweenCommands("waiting to bring files back", this::settleAndApply)
                .orElseGet(outlook::meanwhile);
    }

    private BroughtBack settleAndApply() {
        BroughtBack settled = settle();
        if (files.bringsBack() && !files.pending().isEmpty()) {
            settled = Bringing.both(settled, apply(Mode.WHAT_CAN_BE));
        }
        return Bringing.both(settled, outlook.missing());
    }

    /** Whether there is an engine or not, nothing goes on without what is known to be missing. */
    private BroughtBack settle() {
        WithheldFiles withheld = files.pending().withheld();
        if (withheld.paths().isEmpty()) return container.settle();
        try {
            // Another one may have them no more, which is to be told.
            if (container.standing().isEmpty()) container.ready();
            else if (!container.live().haveLeftFiles()) container.bringing().loseAbandoned();
            return container.settle();
        } catch (SandboxUnreachableException away) {
            LoggerFactory.getLogger(DaggerCopy.class).debug("What is missing cannot be asked for", away);
            return BroughtBack.nothing();
        }
    }

    @Override
    public BroughtBack bringBackAll() {
        return inTurn("waiting to bring files back", () -> {
            BroughtBack settled = settle();
            if (!files.pending().withheld().isEmpty()) return Bringing.both(settled, outlook.refusal());
            if (files.pending().isEmpty()) return settled;
            return Bringing.both(settled, apply(Mode.ALL_OR_NOTHING));
        });
    }

    private BroughtBack apply(Mode mode) {
        Applied applied = files.pending().applyAll(files.root(), mode);
        container
                .standing()
                .ifPresent(
                        now -> container.become(now.withManifest(now.manifest().with(applied))));
        return container.bringing().answer(applied);
    }

    @Override
    public void export(Path directory) {
        if (!directory.isAbsolute()) throw new IllegalArgumentException("Not absolute: " + directory);
        requireFree(directory);
        inTurn("waiting to export files", () -> {
            container.settle();
            TreeScan scan = files.scan();
            var everything = new HostDelta(List.copyOf(scan.manifest().paths()), List.of());
            Staging copied = Staging.copy(files.root(), everything, scan.manifest(), directory);
            files.pending().exportInto(directory);
            if (!copied.unsettled().isEmpty()) {
                with.tell(Kind.WITHHELD, Missing.moving(copied.unsettled(), directory));
            }
            for (Reason missing : Missing.all(files.pending().withheld())) with.tell(Kind.WITHHELD, missing);
            return directory;
        });
    }

    private static void requireFree(Path directory) {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) return;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            if (!entries.iterator().hasNext()) return;
        } catch (IOException e) {
            throw new TrailsException(
                    "sandbox.export-refused", directory + " is not an empty directory; name another one", e);
        }
        throw new TrailsException("sandbox.export-refused", directory + " is not empty; name another directory");
    }

    @Override
    public void exportImage(Path archive) {
        if (!archive.isAbsolute()) throw new IllegalArgumentException("Not absolute: " + archive);
        if (Files.exists(archive, LinkOption.NOFOLLOW_LINKS)) {
            throw new TrailsException("sandbox.export-refused", archive + " exists; name another file");
        }
        inTurn("waiting to export an image", () -> {
            Situation now = container.ready();
            var image = now.container()
                    .over(Layers.flat(now, IMAGE_PATIENCE))
                    .withoutMount(Script.PATH)
                    .withoutEnvVariable(EngineVariables.HIDE)
                    .asTarball()
                    .export(archive);
            return now.engine().ask(IMAGE_PATIENCE, image).get(image);
        });
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
        inTurn("waiting to take a checkpoint", () -> {
            container.settle();
            Optional<Situation> now = container.standing();
            keepPending(checkpoint);
            checkpoints.add(
                    new Checkpoints.Entry(checkpoint, container.operations().size()));
            now.ifPresent(known -> saved.put(checkpoint.id(), Saved.of(known)));
            return checkpoint;
        });
    }

    private void keepPending(Checkpoint checkpoint) {
        if (files.bringsBack() || files.pending().hasNothing()) return;
        PendingStore.open(checkpoints.pendingOf(checkpoint)).become(files.pending());
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return checkpoints.all().stream().map(Checkpoints.Entry::checkpoint).toList();
    }

    @Override
    public void restore(Checkpoint checkpoint) {
        stop.run();
        inTurn("waiting to restore a checkpoint", () -> {
            Optional<Checkpoints.Entry> known = checkpoints.find(checkpoint.id());
            if (known.isEmpty()) {
                with.tell(
                        Kind.WARNING,
                        Reason.of(
                                "dagger.checkpoint-unknown",
                                "The container was not saved with checkpoint '" + checkpoint.label()
                                        + "': the files are as they were then, the system stays as it is"));
                return checkpoint;
            }
            if (!files.bringsBack()) restorePending(checkpoint);
            container.operations().truncate(known.get().operations());
            restoreSystem(checkpoint);
            return checkpoint;
        });
    }

    private void restoreSystem(Checkpoint checkpoint) {
        Optional<Situation> now = container.standing();
        Optional<Saved> kept = saved.find(checkpoint.id());
        if (kept.isEmpty() && now.isEmpty()) return;
        EngineConnection engine = with.engine().get();
        Optional<Saved> usable = Making.usable(kept, engine);
        if (usable.isPresent() && now.isPresent()) {
            Saved then = usable.get();
            container.goBackTo(new Situation(
                    engine, now.get().container(), then.root(), then.settled(), then.manifest(), then.layers()));
            return;
        }
        container.forgetContainer();
    }

    /** What was pending then takes the place of what is pending now. */
    private void restorePending(Checkpoint checkpoint) {
        files.pending().become(PendingStore.open(checkpoints.pendingOf(checkpoint)));
    }
}
