package io.trails.dagger.internal.sandbox;

import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Output;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.exec.CollectedOutput;
import io.trails.dagger.internal.exec.Scrubber;
import io.trails.dagger.internal.exec.Told;
import io.trails.spi.SandboxNotice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one command ended and what it wrote, from what came back of it. Single-threaded, in the session's turn. */
final class CommandEnd {
    /** An engine's answer where a program is not there, with nothing else said. */
    private static final int NO_PROGRAM = 1;

    private final Surroundings with;
    private final Prepared prepared;
    private final Scrubber scrubber;
    private long start = System.nanoTime();
    /** Why nobody gets to see what the command wrote, which is no reason to lose what it did. */
    private @Nullable TrailsException unread;

    CommandEnd(Surroundings with, Prepared prepared) {
        this.with = with;
        this.prepared = prepared;
        var hidden = new ArrayList<>(with.secrets().values());
        hidden.addAll(prepared.hidden());
        scrubber = Scrubber.of(hidden);
    }

    /** Its time begins. */
    void begin() {
        start = System.nanoTime();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Why its outputs, or its end, could not be had. */
    Optional<TrailsException> unread() {
        return Optional.ofNullable(unread);
    }

    /**
     * What it left in that directory.
     *
     * @param script how the script ended that runs it
     */
    ExecResult of(Path io, int script) {
        var collected = new CollectedOutput(prepared.command().capture(), scrubber);
        Told told = told(io);
        if (told.how() == Told.How.SILENT && script == NO_PROGRAM && isEmpty(io)) throw notStarted("shell");
        if (told.how() == Told.How.UNSTARTED) throw notStarted(told.detail());
        if (told.how() == Told.How.UNLIMITED) throw unlimited(told.detail());
        Duration elapsed = elapsed();
        Output out = output(collected, io.resolve("out"), ".out");
        return result(told, out, output(collected, io.resolve("err"), ".err"), elapsed);
    }

    private static boolean isEmpty(Path directory) {
        String[] names = directory.toFile().list();
        return names != null && names.length == 0;
    }

    private Told told(Path io) {
        try {
            return Told.in(io);
        } catch (IOException e) {
            unread = new TrailsException(
                    "dagger.files-unreadable",
                    "How the command ended cannot be read in " + io + "; make it readable",
                    e);
            return new Told(Told.How.SILENT, "", false);
        }
    }

    private Output output(CollectedOutput collected, Path file, String suffix) {
        try {
            return collected.of(file, suffix);
        } catch (TrailsException failed) {
            if (unread == null) unread = failed;
            return Output.empty();
        }
    }

    private ExecResult result(Told told, Output out, Output err, Duration elapsed) {
        Optional<TimeLimit> time = TimeLimit.of(prepared.command(), with.limits());
        if (told.late() && time.isPresent()) {
            Ending over = time.get().whenOver();
            return new ExecResult(over.status(), -1, out, err, elapsed, Optional.of(over.reason()));
        }
        if (told.how() == Told.How.SILENT) {
            return new ExecResult(
                    Status.CANCELLED,
                    -1,
                    out,
                    err,
                    elapsed,
                    Optional.of(Reason.of(
                            "dagger.end-untold",
                            "The command ended the program that watched it, so nobody knows how it ended")));
        }
        Optional<Reason> broken = new LimitVerdict(with.limits()).of(told.exitCode(), elapsed);
        return broken.isPresent()
                ? new ExecResult(Status.LIMIT_EXCEEDED, -1, out, err, elapsed, broken)
                : new ExecResult(Status.EXITED, told.exitCode(), out, err, elapsed, Optional.empty());
    }

    private TrailsException notStarted(String what) {
        String program = prepared.command().argv().get(0);
        return new TrailsException(
                "exec.not-started",
                switch (what) {
                    case "directory" ->
                        "The directory " + prepared.directory()
                                + " does not exist in the container; create it or name another";
                    case "shell" ->
                        "The container has no /bin/sh that the session's user can run, and '" + program
                                + "' needs it as every command does; name a base with a shell in the recipe";
                    case "input" ->
                        "The input of '" + program + "' cannot be read in the container by the session's user";
                    default ->
                        "There is no program '" + program
                                + "' in the container that its user can run; have the recipe install it, or name"
                                + " another";
                });
    }

    /** Nothing was run. */
    TrailsException withoutContainer(ExecFailure failure) {
        return new TrailsException(
                "exec.not-started",
                "The engine could not set up the container for '"
                        + prepared.command().argv().get(0)
                        + "'; see that its user exists in the container, and that the engine's disk has room",
                failure);
    }

    private static TrailsException unlimited(String kind) {
        return new TrailsException(
                "limit.refused",
                "The shell of the container cannot set the limit " + kind + "; use another image, or drop the limit");
    }

    /** Somebody killed the script, and the engine keeps nothing of such a command. */
    ExecResult killed(ExecFailure failure) {
        Output out = Output.of(scrubber.scrub(failure.stdout()).getBytes(StandardCharsets.UTF_8));
        Output err = Output.of(scrubber.scrub(failure.stderr()).getBytes(StandardCharsets.UTF_8));
        with.tell(
                SandboxNotice.Kind.WITHHELD,
                Reason.of(
                        "dagger.command-killed",
                        "A command was killed with the program that watched it, and what it had changed is lost",
                        "have it kill its own processes alone"));
        return new ExecResult(Status.EXITED, failure.exitCode().orElse(128 + 9), out, err, elapsed(), Optional.empty());
    }
}
