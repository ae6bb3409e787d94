package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Output;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.exec.Script;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.live.LiveBounds;
import io.trails.dagger.internal.live.LiveCommand;
import io.trails.dagger.internal.live.LivePrograms;
import io.trails.spi.SandboxNotice.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The container of one session: made when it is first needed, made anew when its engine has lost it. Everything that works on it
 * waits for its turn. Thread-safe.
 */
final class SessionContainer {
    /** How much longer than its time a command may take until it is given up with what it changed. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** How long what is no command may have the turn until somebody goes on without it. */
    private static final Duration MOMENT = Duration.ofSeconds(30);

    private static final Duration CENTURY = Duration.ofDays(36_500);
    /** What the root gets at the most when it is made like a volume. */
    static final int SETTLING_LAYERS = 4;

    private final Surroundings with;
    private final HostFiles files;
    private final Bringing bringing;
    private final OperationLog operations;
    private final LivePrograms live;
    private final Losses losses;
    private final Turns turns = new Turns();
    private final Duration grace;

    // Changed in the turn only.
    private volatile @Nullable Situation situation;
    private boolean madeBefore;
    private volatile boolean unsettled;
    private volatile boolean commanding;
    private volatile boolean recovered;
    private volatile boolean onOldVolume;

    SessionContainer(Surroundings with, HostFiles files, boolean madeBefore) {
        this(with, files, madeBefore, GRACE);
    }

    SessionContainer(Surroundings with, HostFiles files, boolean madeBefore, Duration grace) {
        this.with = with;
        this.files = files;
        this.madeBefore = madeBefore;
        this.grace = grace;
        bringing = new Bringing(with, files);
        operations = new OperationLog(with.plan().own());
        losses = new Losses(with);
        live = new LivePrograms(new LiveSide(this));
    }

    LivePrograms live() {
        return live;
    }

    /** A command as a live program. */
    LiveCommand live(Command command, BooleanSupplier toStop) {
        Prepared prepared =
                Prepared.live(command, files.root(), with.plan().recipe().workdir());
        var verdict = new LimitVerdict(with.limits());
        Optional<LiveBounds.Deadline> deadline = TimeLimit.of(command, with.limits())
                .map(limit -> new LiveBounds.Deadline(
                        limit.time(),
                        limit.whenOver().status(),
                        limit.whenOver().reason()));
        return new LiveCommand(
                command.argv(),
                prepared.variables(),
                prepared.secrets(),
                prepared.directory(),
                command.stdin(),
                new LiveBounds(deadline, Script.limits(with.limits()), verdict::of, toStop));
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

    /** Waits for the turn, unless a command has it: nobody knows for how long. */
    <T> Optional<T> betweenCommands(String doing, Supplier<T> work) {
        long start = System.nanoTime();
        return inTurn(doing, () -> commanding || System.nanoTime() - start > MOMENT.toNanos(), work);
    }

    /** Whether something may have been changed that was not brought out. */
    boolean mayHaveMore() {
        return commanding || unsettled || live.isLive();
    }

    /** Runs a command to its end when it is its turn. */
    ExecResult exec(Command command, RunningCommand running, BooleanSupplier toStop) {
        long start = System.nanoTime();
        Optional<TimeLimit> time = TimeLimit.of(command, with.limits());
        BooleanSupplier givenUp = () -> {
            if (toStop.getAsBoolean()) running.end(Ending.stopped());
            time.filter(limit -> System.nanoTime() - start >= nanos(limit.time()))
                    .ifPresent(limit -> running.end(limit.neverRan()));
            return running.isEnded();
        };
        Optional<ExecResult> result = inTurn(
                "waiting for the commands before this one",
                givenUp,
                () -> running.isEnded() ? ended(running, start) : runInTurn(command, running, toStop, time, start));
        leaveVolume();
        return result.orElseGet(() -> ended(running, start));
    }

    /** Not in the turn: what a killed JVM had left on a volume comes back, unless programs run. */
    private void leaveVolume() {
        if (!onOldVolume) return;
        onOldVolume = false;
        live.comeHome();
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

    private static long nanos(Duration time) {
        return time.compareTo(CENTURY) > 0 ? Long.MAX_VALUE : time.toNanos();
    }

    private static ExecResult ended(RunningCommand running, long start) {
        Ending why = running.ending();
        if (why == null) throw new IllegalStateException("Nothing ended the command");
        return new ExecResult(
                why.status(),
                -1,
                Output.empty(),
                Output.empty(),
                Duration.ofNanos(System.nanoTime() - start),
                Optional.of(why.reason()));
    }

    private ExecResult runInTurn(
            Command command, RunningCommand running, BooleanSupplier toStop, Optional<TimeLimit> time, long start) {
        Path scratch = newScratch();
        commanding = true;
        try {
            return attempt(command, running, toStop, time, scratch, true);
        } catch (Exchange.EndedException over) {
            return ended(running, start);
        } finally {
            commanding = false;
            OwnTree.delete(scratch);
        }
    }

    private ExecResult attempt(
            Command command,
            RunningCommand running,
            BooleanSupplier toStop,
            Optional<TimeLimit> time,
            Path scratch,
            boolean again) {
        Situation before = ready();
        if (recovered || live.isLive()) {
            // What users changed is laid over the files: what programs did to these has to be known before.
            settle();
            before = ready();
        }
        if (running.isEnded()) throw new Exchange.EndedException(endingOf(running));
        Prepared prepared =
                Prepared.of(command, files.root(), before.container().workdir(), scratch);
        Exchange exchange = new Exchange(
                running,
                toStop,
                time.map(limit -> limit.time().plus(grace)).orElse(CENTURY),
                time.map(TimeLimit::gaveUp).orElseGet(Ending::closed));
        Operation operation = Operation.of(prepared, with.secrets());
        operations.began(operation);
        var run = new CommandRun(with, files, live, prepared, scratch);
        CommandRun.Ran ran;
        try {
            ran = run.run(before, operation.nonce(), exchange);
        } catch (GraphException refused) {
            operations.cancel(operation.nonce());
            if (!again || losses.isThere(before)) throw refused;
            forget(before, refused);
            return attempt(command, running, toStop, time, scratch, false);
        } catch (EngineLostException lost) {
            lost(lost);
            // One that refused the request has not run the command, and what was changed in its container is gone
            // anyway.
            if (!again || (run.isSent() && !Losses.isRefusal(lost))) throw lost;
            operations.cancel(operation.nonce());
            return attempt(command, running, toStop, time, scratch, false);
        } catch (TrailsException | Exchange.EndedException undone) {
            operations.cancel(operation.nonce());
            throw undone;
        }
        if (ran.isUndone()) {
            operations.cancel(operation.nonce());
            return ran.result();
        }
        situation = ran.after();
        unsettled = true;
        operations.ended(
                operation.nonce(),
                ran.result().status() == ExecResult.Status.EXITED
                        ? OptionalInt.of(ran.result().exitCode())
                        : OptionalInt.empty());
        situation = bringing.settle(
                        ran.after(),
                        ran.now(),
                        ran.changed(),
                        ran.removed(),
                        ran.after().manifest())
                .after();
        unsettled = false;
        return ran.result();
    }

    private static Ending endingOf(RunningCommand running) {
        Ending why = running.ending();
        return why == null ? Ending.closed() : why;
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
            if (usable.isPresent()) become(new Making(with, files, engine).over(usable.get()));
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
        Situation made = new Making(with, files, engine).fresh();
        Situation complete = madeBefore ? rebuilt(made) : made;
        situation = complete;
        if (madeBefore) recover(complete);
        // What the recipe's install commands changed among the session's files.
        unsettled |= !with.plan().recipe().install().isEmpty();
        madeBefore = true;
        return complete;
    }

    private void recover(Situation made) {
        if (!live.recover(made.root())) return;
        recovered = true;
        onOldVolume = true;
        unsettled = true;
    }

    /** In the turn: the container as it is, unless there is none. */
    Optional<Situation> standing() {
        Situation known = situation;
        return known == null || known.engine().isLost() ? Optional.empty() : Optional.of(known);
    }

    /** In the turn: this is the container from now on. */
    void become(Situation next) {
        situation = next;
        madeBefore = true;
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

    private void lost(EngineLostException lost) {
        Situation known = situation;
        if (known != null) losses.tell(known.engine().generation(), String.valueOf(lost.getMessage()));
        situation = null;
    }

    private void forget(Situation known, GraphException why) {
        if (!losses.answers(known.engine())) known.engine().close();
        losses.tell(known.engine().generation(), "its engine does not have it any more (" + why.getMessage() + ")");
        situation = null;
    }

    /** In the turn: brings out what was changed and has not been brought out. Asks nobody if there can be nothing. */
    BroughtBack settle() {
        Situation known = situation;
        boolean lives = live.isLive();
        if ((!unsettled && !lives) || known == null) return BroughtBack.nothing();
        Situation before = ready();
        if (lives) before = before.withRoot(live.settle(before.root()), SETTLING_LAYERS);
        situation = before;
        var changes = new ChangedFiles(before, Graph.directory(before.root()));
        Answers answers = before.engine().ask(with.patience(), changes.leaves().toArray(new Leaf<?>[0]));
        ChangedFiles.Found found = changes.in(answers);
        // Nobody knows what the host had when a killed JVM's programs last saw it, so any other version there is a
        // conflict.
        Manifest base = recovered ? Manifest.empty() : before.manifest();
        Bringing.Settled settled = bringing.settle(before, found.now(), found.changed(), found.removed(), base);
        situation = settled.after();
        unsettled = false;
        recovered = false;
        return settled.brought();
    }

    Bringing bringing() {
        return bringing;
    }

    private Path newScratch() {
        try {
            Path place = Files.createDirectories(with.plan().own().resolve("scratch"));
            return Files.createTempDirectory(place, "");
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable",
                    "Nothing can be written in " + with.plan().own() + "; make room or make it writable",
                    e);
        }
    }
}
