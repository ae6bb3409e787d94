package io.trails.dagger.internal.sandbox;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Output;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.exec.Script;
import io.trails.dagger.internal.live.LiveBounds;
import io.trails.dagger.internal.live.LiveCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Runs the commands of a session in its container, one at a time. Thread-safe. */
final class SessionCommands {
    /** How much longer than its time a command may take until it is given up with what it changed. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration CENTURY = Duration.ofDays(36_500);

    private final SessionContainer container;
    private final Surroundings with;
    private final HostFiles files;

    SessionCommands(SessionContainer container) {
        this.container = container;
        with = container.surroundings();
        files = container.files();
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
        Optional<ExecResult> result = container
                .turns()
                .take(
                        "waiting for the commands before this one",
                        givenUp,
                        () -> running.isEnded()
                                ? ended(running, start)
                                : runInTurn(command, running, toStop, time, start));
        container.wayHome().finish();
        return result.orElseGet(() -> ended(running, start));
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
        Path scratch = container.scratch().create();
        try {
            return container
                    .turns()
                    .commanding(
                            new Commanding(running, toStop),
                            () -> attempt(command, running, toStop, time, scratch, true));
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
        Situation before = ready(again);
        if (running.isEnded()) throw new Exchange.EndedException(endingOf(running));
        Prepared prepared =
                Prepared.of(command, files.root(), before.container().workdir(), scratch);
        Exchange exchange = new Exchange(
                running,
                toStop,
                time.map(limit -> limit.time().plus(GRACE)).orElse(CENTURY),
                time.map(TimeLimit::gaveUp).orElseGet(Ending::closed));
        Operation operation = Operation.of(prepared, with.secrets());
        container.operations().began(operation);
        var run = new CommandRun(with, files, container.live(), prepared, scratch);
        CommandRun.Ran ran;
        try {
            ran = run.run(before, operation.nonce(), exchange);
        } catch (GraphException refused) {
            container.operations().cancel(operation.nonce());
            if (!again || container.losses().isThere(before)) throw refused;
            container.forget(before, refused);
            return attempt(command, running, toStop, time, scratch, false);
        } catch (EngineLostException lost) {
            container.lost(lost);
            // One that refused the request has not run the command, and what was changed in its container is gone
            // anyway.
            if (!again || (run.isSent() && !Losses.isRefusal(lost))) throw lost;
            container.operations().cancel(operation.nonce());
            return attempt(command, running, toStop, time, scratch, false);
        } catch (TrailsException | Exchange.EndedException undone) {
            container.operations().cancel(operation.nonce());
            throw undone;
        }
        if (ran.isUndone()) {
            container.operations().cancel(operation.nonce());
            return ran.result();
        }
        container.changed(ran.after());
        container
                .operations()
                .ended(
                        operation.nonce(),
                        ran.result().status() == ExecResult.Status.EXITED
                                ? OptionalInt.of(ran.result().exitCode())
                                : OptionalInt.empty());
        container.settled(container
                .bringing()
                .settle(
                        ran.after(),
                        ran.now(),
                        ran.changed(),
                        ran.removed(),
                        ran.after().manifest()));
        if (ran.unread().isPresent()) throw ran.unread().get();
        return ran.result();
    }

    /** Nothing has been run yet: what an engine takes along that is found gone now is no reason to run nothing. */
    private Situation ready(boolean again) {
        try {
            return container.readyForCommand();
        } catch (EngineLostException lost) {
            container.lost(lost);
            if (!again) throw lost;
            return container.readyForCommand();
        }
    }

    private static Ending endingOf(RunningCommand running) {
        Ending why = running.ending();
        return why == null ? Ending.closed() : why;
    }
}
