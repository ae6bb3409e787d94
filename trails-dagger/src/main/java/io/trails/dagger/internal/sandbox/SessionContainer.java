package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.live.LivePrograms;
import io.trails.spi.SandboxNotice.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The container of one session: made when it is first needed, made anew when its engine has lost it. Everything that works on it
 * waits for its turn. Thread-safe.
 */
final class SessionContainer {
    /** How long what is no command may have the turn until somebody goes on without it. */
    private static final Duration MOMENT = Duration.ofSeconds(30);

    /** What the root gets at the most when it is made like a volume. */
    static final int SETTLING_LAYERS = 4;

    private final Surroundings with;
    private final HostFiles files;
    private final Bringing bringing;
    private final OperationLog operations;
    private final LivePrograms live;
    private final Losses losses;
    private final RunMarks marks;
    private final Turns turns = new Turns();
    private volatile boolean commanding;

    // Changed in the turn only.
    private volatile @Nullable Situation situation;
    private boolean madeBefore;
    private volatile boolean unsettled;
    /** What the host had when a volume that was taken up last saw it; null when nothing of it is to come back first. */
    private volatile @Nullable Manifest volumeBase;

    /** Which version of what is pending the container has. */
    private long pendingSeen;
    /** What it may have of this one and former ones. */
    private final Set<String> pendingKnown = new TreeSet<>();
    /** Which one there was when this sandbox began to add to it. */
    private long pendingBefore;

    SessionContainer(Surroundings with, HostFiles files, boolean madeBefore) {
        this.with = with;
        this.files = files;
        this.madeBefore = madeBefore;
        bringing = new Bringing(with, files);
        operations = new OperationLog(with.plan().own());
        losses = new Losses(with);
        marks = new RunMarks(with.plan().own());
        live = new LivePrograms(new LiveSide(this));
    }

    LivePrograms live() {
        return live;
    }

    /** Waits for the turn, and gives up when told to. */
    <T> Optional<T> inTurn(String doing, BooleanSupplier givenUp, Supplier<T> work) {
        if (!turns.await(doing, givenUp)) return Optional.empty();
        try {
            return Optional.of(work.get());
        } finally {
            turns.pass();
        }
    }

    /** Waits until whoever has the turn has done with it, if that is soon. */
    void awaitLast(Duration patience) {
        long start = System.nanoTime();
        try {
            inTurn("waiting for the last command", () -> System.nanoTime() - start > patience.toNanos(), () -> this);
        } catch (TrailsInterruptedException hurried) {
            LoggerFactory.getLogger(SessionContainer.class).debug("Nobody waits for the last command", hurried);
        }
    }

    /** Waits for the turn, unless a command has it: nobody knows for how long. */
    <T> Optional<T> betweenCommands(String doing, Supplier<T> work) {
        long start = System.nanoTime();
        Optional<T> done = inTurn(doing, () -> commanding || System.nanoTime() - start > MOMENT.toNanos(), work);
        leaveVolume();
        return done;
    }

    /** In the turn: whether a command has it. */
    void commanding(boolean has) {
        commanding = has;
    }

    /** Whether something may have been changed that was not brought out. */
    boolean mayHaveMore() {
        return commanding || unsettled || live.isLive() || (situation == null && isLeftOnVolume());
    }

    /** Whether a JVM was killed while programs worked on a volume. One that lives brings their files back itself. */
    private boolean isLeftOnVolume() {
        return live.haveLeftFiles() && !marks.isRunningElsewhere();
    }

    /** Not in the turn: what is left on a volume though no program runs comes home, if it can. */
    void leaveVolume() {
        if (!live.isStranded() || unsettled || marks.isRunningElsewhere()) return;
        try {
            live.comeHome();
        } catch (TrailsException away) {
            // What was done before is done; the volume is still known.
            LoggerFactory.getLogger(SessionContainer.class)
                    .debug("The files of {} stay on a volume", with.plan().key(), away);
        }
    }

    /** In turn, and with what follows if everything came; nothing if they lie on no volume. */
    void bringHome(Runnable then) {
        inTurn("waiting to bring files home", () -> false, () -> {
            if (!live.isLive()) return this;
            var unused = ready();
            settle();
            if (!unsettled) then.run();
            return this;
        });
    }

    /** The container as it is, made if it has to be. */
    Situation now() {
        Situation known = situation;
        if (known != null && !known.engine().isLost()) return known;
        return inTurn("waiting for the container", () -> false, this::ready).orElseThrow();
    }

    /** Replaces the root in turn, and brings out what differs in the new one unless it is still to change. */
    void change(UnaryOperator<DirectoryId> change) {
        inTurn("waiting to change the container", () -> false, () -> {
            Situation before = ready();
            DirectoryId root = change.apply(before.root());
            if (root.equals(before.root())) return before;
            situation = before.withRoot(root, SETTLING_LAYERS);
            unsettled = true;
            if (!live.isLive()) settle();
            return before;
        });
    }

    /** Brings back in turn what has not come back yet. */
    BroughtBack bringBack() {
        return inTurn("waiting to bring files back", () -> false, this::settle).orElseThrow();
    }

    /**
     * Makes the container.
     *
     * @param checkpoint of a session of which it takes its system, if that is still there
     */
    void make(Optional<Saved> checkpoint) {
        Optional<Situation> made = inTurn("waiting to make a container", () -> false, () -> {
            EngineConnection engine = with.engine().get();
            Optional<Saved> usable = Making.usable(checkpoint, engine);
            if (usable.isPresent()) become(new Making(with, files, engine).over(usable.get(), Set.of(), Set.of()));
            return ready();
        });
        if (made.isEmpty()) throw new IllegalStateException("Nobody gives up waiting here");
    }

    /** In the turn: the container as it is, made if it has to be. */
    Situation ready() {
        EngineConnection engine = with.engine().get();
        Situation known = situation;
        if (known != null && known.engine() == engine && !engine.isLost()) {
            Situation shallow = Layers.bounded(known, with.patience());
            situation = shallow;
            return shallow;
        }
        if (known != null) losses.tell(known.engine().generation(), "the connection to its engine ended");
        situation = null;
        long pending = files.pending().version();
        Situation made = new Making(with, files, engine).fresh();
        Situation complete = madeBefore ? recovered(rebuilt(made)) : made;
        situation = complete;
        sees(pending);
        // What the recipe's install commands changed among the session's files.
        unsettled |= !with.plan().recipe().install().isEmpty();
        madeBefore = true;
        return complete;
    }

    /** The same, with what a killed JVM had left on a volume brought out. */
    Situation readyForCommand() {
        Situation now = ready();
        if (volumeBase == null && !live.isLive()) return withOthersWork(now);
        // What users changed is laid over the files: what programs did to these has to be known before.
        settle();
        return ready();
    }

    /** What another JVM's commands left pending meanwhile is laid into the container, or this one's would replace it unseen. */
    private Situation withOthersWork(Situation now) {
        if (files.bringsBack() || files.pending().version() == pendingSeen) return now;
        if (unsettled) settle();
        Situation mine = ready();
        // What has not come out is in the container alone, where the host's files would replace it.
        Set<String> own = bringing.own();
        if (unsettled && own.isEmpty()) return mine;
        long pending = files.pending().version();
        var standing = new Saved(mine.engine(), mine.root(), mine.settled(), mine.manifest(), mine.layers());
        become(new Making(with, files, mine.engine()).over(standing, own, pendingKnown));
        pendingKnown.clear();
        sees(pending);
        return ready();
    }

    private Situation recovered(Situation made) {
        // Who asks for the container meanwhile gets this one.
        situation = made;
        if (!live.recover(made.root())) {
            bringing.beginAnew();
            return made;
        }
        Optional<Manifest> seen = files.seen().read();
        // Where nobody knows what the host had when the volume last saw it, any other version there is a conflict.
        volumeBase = seen.orElseGet(Manifest::empty);
        bringing.takeUp();
        unsettled = true;
        // What users did since then has not reached the volume.
        return seen.map(made::withManifest).orElse(made);
    }

    /** In the turn: the container as it is, unless there is none. */
    Optional<Situation> standing() {
        Situation known = situation;
        return known == null || known.engine().isLost() ? Optional.empty() : Optional.of(known);
    }

    /** In the turn: this is the container from now on. */
    void become(Situation next) {
        stand(next);
        sees(files.pending().version());
    }

    private void sees(long pending) {
        pendingSeen = pending;
        if (!files.bringsBack()) pendingKnown.addAll(files.pending().paths());
    }

    private void stand(Situation next) {
        situation = next;
        madeBefore = true;
        if (live.isLive()) files.seen().keep(next.manifest());
    }

    /** In the turn: a command changed it, and what it changed has not been brought out yet. */
    void changed(Situation next) {
        situation = next;
        unsettled = true;
        addsToPending();
    }

    private void addsToPending() {
        if (!files.bringsBack()) pendingBefore = files.pending().version();
    }

    /** In the turn: this is the container from now on, as it was once. What the host could not have then is asked for again. */
    void goBackTo(Situation then) {
        become(then);
        unsettled = true;
        // Which of what is missing it has is to be known before a command removes some of it.
        if (!files.bringsBack() && !files.pending().withheld().isEmpty()) settle();
    }

    /** In the turn: everything has been brought out. */
    void settled(Bringing.Settled settled) {
        stand(settled.after());
        unsettled = !settled.complete();
        if (files.bringsBack()) return;
        pendingKnown.addAll(files.pending().paths());
        if (pendingSeen != pendingBefore) return;
        // One more is what this sandbox has added itself; another JVM's commands may have added theirs.
        long now = files.pending().version();
        if (now <= pendingBefore + 1) pendingSeen = now;
    }

    /**
     * In turn: no volume has the files any more, for a session that goes back to what it was. What programs wrote last is in the
     * root alone.
     */
    void abandonVolume() {
        inTurn("waiting to leave a volume", () -> false, () -> {
            if (!live.isLive()) return this;
            Situation before = ready();
            if (!live.isLive()) return this;
            situation = before.withRoot(live.settle(before.root()), SETTLING_LAYERS);
            unsettled = true;
            if (live.abandon()) return this;
            throw new TrailsException(
                    "dagger.still-running",
                    "A program was started while the session was to go back to a checkpoint; stop the session, and try again");
        });
    }

    /** In the turn: the container is made of its recipe when it is next needed. */
    void forgetContainer() {
        situation = null;
    }

    Losses losses() {
        return losses;
    }

    OperationLog operations() {
        return operations;
    }

    HostFiles files() {
        return files;
    }

    Surroundings surroundings() {
        return with;
    }

    private Situation rebuilt(Situation made) {
        List<Operation> past = operations.all();
        if (past.isEmpty()) return made;
        if (with.replayAllowed()) return new Replay(with, files, live, operations).over(made, newScratch());
        operations.clear();
        with.tell(
                Kind.REBUILT,
                Reason.of(
                        "dagger.rebuilt",
                        "The container was made anew of its recipe and the session's files. Not run again: "
                                + Replay.described(past),
                        "run again what changed the system outside of the session's files, or put it in the recipe"));
        return made;
    }

    /** In the turn: its engine is gone. */
    void lost(EngineLostException lost) {
        Situation known = situation;
        if (known != null) losses.tell(known.engine().generation(), String.valueOf(lost.getMessage()));
        situation = null;
    }

    /** In the turn: its engine has it no more. */
    void forget(Situation known, GraphException why) {
        if (!losses.answers(known.engine())) known.engine().close();
        losses.tell(known.engine().generation(), "its engine does not have it any more (" + why.getMessage() + ")");
        situation = null;
    }

    /** In the turn: brings out what was changed and has not been brought out. Asks nobody if there can be nothing. */
    BroughtBack settle() {
        if (situation == null ? !isLeftOnVolume() : !unsettled && !live.isLive()) return BroughtBack.nothing();
        Situation before = ready();
        if (live.isLive()) before = before.withRoot(live.settle(before.root()), SETTLING_LAYERS);
        situation = before;
        var changes = new ChangedFiles(before, Graph.directory(before.root()));
        Answers answers = before.engine().ask(with.patience(), changes.leaves().toArray(new Leaf<?>[0]));
        ChangedFiles.Found found = changes.in(answers);
        Manifest taken = volumeBase;
        Manifest base = taken == null ? before.manifest() : taken;
        addsToPending();
        Bringing.Settled settled = bringing.settle(before, found.now(), found.changed(), found.removed(), base);
        volumeBase = null;
        settled(settled);
        return settled.brought();
    }

    Bringing bringing() {
        return bringing;
    }

    /** What killed JVMs left there has outputs of their commands, with whatever secrets these wrote. */
    void clearScratch() {
        var left = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(scratch())) {
            all.forEach(left::add);
            // In this order: who has made one of those runs something.
            if (marks.isRunning()) return;
            for (Path each : left) OwnTree.deleteAll(each);
        } catch (NoSuchFileException noneYet) {
            return;
        } catch (IOException e) {
            LoggerFactory.getLogger(SessionContainer.class).warn("What commands wrote stays in {}", scratch(), e);
        }
    }

    private Path scratch() {
        return with.plan().own().resolve("scratch");
    }

    Path newScratch() {
        try {
            Path place = Files.createDirectories(scratch());
            return Files.createTempDirectory(place, "");
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable",
                    "Nothing can be written in " + with.plan().own() + "; make room or make it writable",
                    e);
        }
    }
}
