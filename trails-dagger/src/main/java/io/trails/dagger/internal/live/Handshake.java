package io.trails.dagger.internal.live;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Waits for the calls of a bridge until its program runs, or cannot. For one thread. */
final class Handshake {
    private static final long LOOK_MILLIS = 100;

    private final String name;
    private final LiveCommand command;
    private final Reception reception;
    private final LiveService service;
    private final long until;

    Handshake(String name, LiveCommand command, Reception reception, LiveService service, Duration patience) {
        this.name = name;
        this.command = command;
        this.reception = reception;
        this.service = service;
        until = System.nanoTime() + patience.toNanos();
    }

    /**
     * The program, once it runs.
     *
     * @param whenGone run once, after its service has ended; not if there is no program
     * @throws TrailsException {@code exec.not-started} if the program or its directory is missing; {@code dagger.program-unheard} if the
     *     bridge does not call
     */
    LiveProgram await(Runnable whenGone) {
        boolean runs = false;
        EventLines lines = null;
        try {
            Call events = call(Role.EVENTS);
            lines = new EventLines(events.channel());
            Call control = call(Role.CONTROL);
            List<Event> told = firstEvents(lines);
            var calls = BridgeCalls.of(control.channel(), call(Role.IN), call(Role.OUT), call(Role.ERR));
            var program = new LiveProgram(name, command, service, calls, whenGone);
            told.forEach(program::hear);
            listen(program, lines);
            runs = true;
            return program;
        } catch (IOException e) {
            throw failed("its connections cannot be used: " + e.getMessage(), e);
        } finally {
            if (!runs) {
                reception.abandon();
                if (lines != null) closeQuietly(lines);
            }
        }
    }

    private void listen(LiveProgram program, EventLines lines) {
        var thread = new Thread(() -> program.listen(lines), "trails-live-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private List<Event> firstEvents(EventLines lines) {
        var told = new ArrayList<Event>();
        while (!lines.isOver() && System.nanoTime() - until < 0) {
            told.addAll(lines.await(LOOK_MILLIS));
            for (Event event : told) {
                if (event instanceof Event.Started) return told;
                if (event instanceof Event.Failed failed) throw notStarted(failed.what());
            }
            if (Thread.currentThread().isInterrupted()) throw interrupted(new InterruptedException());
        }
        throw failed(lines.isOver() ? "its container ended as it started" : "its container does not answer", null);
    }

    private Call call(Role role) {
        CompletableFuture<Call> call = reception.call(role);
        while (true) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                return call.get(Math.max(1, Math.min(LOOK_MILLIS, left)), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (service.isLost()) {
                    throw new TrailsException("dagger.engine-lost", "The engine is gone that was to run the program");
                }
                if (System.nanoTime() - until >= 0) throw failed("its container does not answer", e);
            } catch (ExecutionException e) {
                throw failed("nobody listens for its container any more", e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private TrailsException notStarted(String what) {
        String program = command.argv().get(0);
        return new TrailsException(
                "exec.not-started",
                what.equals("directory")
                        ? "'" + program + "' was not started: the directory " + command.directory()
                                + " does not exist in the container; create it or name another"
                        : "'" + program
                                + "' was not started: it does not exist in the container, or cannot be run there; have the"
                                + " recipe install it, or name another");
    }

    private TrailsException failed(String why, @Nullable Exception cause) {
        String message =
                "'" + command.argv().get(0) + "' was not started: " + why + "; look at the engine, and try again";
        return cause == null
                ? new TrailsException("dagger.program-unheard", message)
                : new TrailsException("dagger.program-unheard", message, cause);
    }

    private static TrailsInterruptedException interrupted(InterruptedException e) {
        return new TrailsInterruptedException("starting a program in a container; it was ended", e);
    }

    private static void closeQuietly(EventLines lines) {
        try {
            lines.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Handshake.class).debug("A connection did not close", e);
        }
    }
}
