package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.spi.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Keeps the output from filling the disk: gives the blocks of its oldest part back to the file system. That leaves a hole
 * instead of moving anything, so that the program, which appends, and whoever reads by position notice nothing. A process
 * beside the program that did it on its own would count among the session's, whose limit a host sets for its own programs;
 * so it is done by whoever looks at the terminal. Thread-safe.
 */
final class OutputTrim {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Path output;
    private final OutputBound bound;
    private final Sandbox sandbox;
    private final AtomicLong nextTrim = new AtomicLong(System.nanoTime());
    /** Everything before it is a hole. */
    private volatile long cut;

    private volatile boolean impossible;

    OutputTrim(Path output, OutputBound bound, Sandbox sandbox) {
        this.output = output;
        this.bound = bound;
        this.sandbox = sandbox;
    }

    /** Costs one look at the size of the file, unless there is something to give back. Fails never. */
    void trimIfDue() {
        if (impossible) return;
        try {
            long old = Files.size(output) - bound.kept();
            if (old - cut > bound.kept() && isDue()) trim(old);
        } catch (IOException | RuntimeException failed) {
            LoggerFactory.getLogger(OutputTrim.class).debug("{} is not trimmed", output, failed);
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = nextTrim.get();
        return now - due >= 0 && nextTrim.compareAndSet(due, now + bound.pause().toNanos());
    }

    private void trim(long old) {
        ExecResult result = sandbox.exec(
                Command.of("/bin/sh", "-c", Scripts.TRIM, "trails-terminal", output.toString(), Long.toString(old))
                        .timeout(TIMEOUT));
        if (result.ok()) {
            cut = old;
            return;
        }
        // Whoever was stopped may do it the next time; what answered that it cannot do it will not learn it.
        impossible = result.status() == ExecResult.Status.EXITED && result.exitCode() < 128;
        LoggerFactory.getLogger(OutputTrim.class).debug("{} cannot be trimmed: {}", output, result);
    }
}
