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
import io.trails.dagger.internal.exec.Scrubber;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.spi.SandboxNotice.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The container of one session: made when it is first needed, made anew when its engine has lost it. Everything that works on it
 * waits for its turn. Thread-safe.
 */
final class SessionContainer {
    /** How much longer than its time a command may take until it is given up with what it changed. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration CENTURY = Duration.ofDays(36_500);

    private final Surroundings with;
    private final HostFiles files;
    private final Bringing bringing;
    private final OperationLog operations;
    private final Turns turns = new Turns();
    private final Duration grace;

    // In the turn only.
    private @Nullable Situation situation;
    private boolean madeBefore;
    private volatile long toldLost;

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

    /** Runs a command to its end when it is its turn. */
    ExecResult exec(Command command, RunningCommand running, BooleanSupplier toStop) {
        long start = System.nanoTime();
        Optional<TimeLimit> time = TimeLimit.of(command, with.limits());
        BooleanSupplier givenUp = () -> {
            if (toStop.getAsBoolean()) running.end(Ending.stopped());
            time.filter(limit -> System.nanoTime() - start >= nanos(limit.time()))
                    .ifPresent(limit -> running.end(neverRan(limit)));
            return running.isEnded();
        };
        Optional<ExecResult> result = inTurn(
                "waiting for the commands before this one", givenUp, () -> running.isEnded()
                        ? ended(running, start)
                        : runInTurn(command, running, toStop, time, start));
        return result.orElseGet(() -> ended(running, start));
    }

    private static long nanos(Duration time) {
        return time.compareTo(CENTURY) > 0 ? Long.MAX_VALUE : time.toNanos();
    }

    private static Ending neverRan(TimeLimit limit) {
        return new Ending(
                limit.whenOver().status(),
                Reason.of(
                        "dagger.busy",
                        "Its time passed while other commands of the session ran, and it was never started",
                        "give it more time, or use another session"));
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
        try {
            return attempt(command, running, toStop, time, scratch, true);
        } catch (Exchange.EndedException over) {
            return ended(running, start);
        } finally {
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
        if (running.isEnded()) throw new Exchange.EndedException(endingOf(running));
        Prepared prepared = Prepared.of(command, files.root(), before.container().workdir(), scratch);
        Exchange exchange = new Exchange(
                running,
                toStop,
                time.map(limit -> limit.time().plus(grace)).orElse(CENTURY),
                time.map(SessionContainer::gaveUp).orElseGet(Ending::closed));
        Operation operation = operation(prepared);
        operations.began(operation);
        CommandRun.Ran ran;
        try {
            ran = new CommandRun(with, files, prepared, scratch).run(before, operation.nonce(), exchange);
        } catch (GraphException refused) {
            operations.cancel(operation.nonce());
            if (!again || isThere(before)) throw refused;
            forget(before, refused);
            return attempt(command, running, toStop, time, scratch, false);
        } catch (EngineLostException lost) {
            lost(lost);
            throw lost;
        } catch (TrailsException | Exchange.EndedException undone) {
            operations.cancel(operation.nonce());
            throw undone;
        }
        situation = ran.after();
        operations.ended(
                operation.nonce(),
                ran.result().status() == ExecResult.Status.EXITED
                        ? OptionalInt.of(ran.result().exitCode())
                        : OptionalInt.empty());
        situation = bringing
                .settle(ran.after(), ran.now(), ran.changed(), ran.removed())
                .after();
        return ran.result();
    }

    private static Ending endingOf(RunningCommand running) {
        Ending why = running.ending();
        return why == null ? Ending.closed() : why;
    }

    private static Ending gaveUp(TimeLimit limit) {
        Reason reason = limit.whenOver().reason();
        return new Ending(
                limit.whenOver().status(),
                Reason.of(
                        reason.code(),
                        reason.message() + ", and what watched it in the container did not end it: what it had changed is lost",
                        reason.remedy()));
    }

    private Operation operation(Prepared prepared) {
        var hidden = new ArrayList<>(with.secrets().values());
        hidden.addAll(prepared.secrets().values());
        Scrubber scrubber = Scrubber.of(hidden);
        var names = new ArrayList<>(prepared.variables().keySet());
        names.addAll(prepared.secrets().keySet());
        return new Operation(
                UUID.randomUUID().toString(),
                prepared.command().argv().stream().map(scrubber::scrub).toList(),
                prepared.directory(),
                names,
                prepared.text().isPresent() || prepared.file().isPresent(),
                OptionalInt.empty());
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
        if (known != null && known.engine() == engine && !engine.isLost()) return known;
        if (known != null) tellLost(known.engine().generation(), "the connection to its engine ended");
        situation = null;
        Situation made = new Making(with, files, engine).fresh();
        situation = madeBefore ? rebuilt(made) : made;
        madeBefore = true;
        return situation;
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
        if (with.replayAllowed()) return new Replay(with, files, operations).over(made, newScratch());
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
        if (known != null) tellLost(known.engine().generation(), lost.getMessage());
        situation = null;
    }

    /** Once for each connection, whoever notices first. */
    void tellLost(long generation, String why) {
        synchronized (operations) {
            if (toldLost == generation) return;
            toldLost = generation;
        }
        with.tell(
                Kind.LOST,
                Reason.of(
                        "dagger.engine-lost",
                        "The session's container is gone: " + why + ". Its files are those that came back",
                        "it is made anew when it is next needed"));
    }

    /** Whether the engine still has what the container was. */
    private boolean isThere(Situation known) {
        try {
            var frame = Graph.container(known.container().frame()).id();
            var root = Graph.directory(known.root()).sync();
            Answers ignored = known.engine().ask(with.patience(), frame, root);
            return ignored.get(root) != null;
        } catch (GraphException gone) {
            return false;
        }
    }

    private void forget(Situation known, GraphException why) {
        tellLost(known.engine().generation(), "its engine does not have it any more (" + why.getMessage() + ")");
        situation = null;
    }

    /** In the turn: brings out what was changed and has not been brought out. */
    BroughtBack settle() {
        Optional<Situation> known = standing();
        if (known.isEmpty()) return BroughtBack.nothing();
        Situation before = known.get();
        var now = before.container().files(Graph.directory(before.root()));
        var id = now.id();
        var changes = now.changes(before.settled());
        var added = changes.addedPaths();
        var modified = changes.modifiedPaths();
        var removed = changes.removedPaths();
        Answers answers = before.engine().ask(with.patience(), id, added, modified, removed);
        var changed = new ArrayList<>(answers.get(added));
        changed.addAll(answers.get(modified));
        DirectoryId files = answers.get(id);
        Bringing.Settled settled = bringing.settle(before, files, changed, answers.get(removed));
        situation = settled.after();
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
