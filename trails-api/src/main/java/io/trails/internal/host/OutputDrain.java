package io.trails.internal.host;

import io.trails.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads one stream of a command to its end and keeps what was asked for.
 *
 * <p>A program left in the background may hold the pipe long after the command has ended. Its reader cannot be woken: on
 * Linux neither closing the stream nor an interrupt ends a read of a pipe (so on JDK 17 and 25). {@link #detach} therefore
 * hands out what was kept and leaves the reader to throw away the rest: it ends when the last holder of the pipe does,
 * and until then that program can go on writing. (Not so to a pipe of the JDK, which takes that away between two reads:
 * there it is killed by SIGPIPE. {@link OutputPipe} is for that, where there are such pipes.)
 */
final class OutputDrain implements Runnable {
    private final InputStream stream;
    private final Optional<SpillFile> spill;
    private final Object lock = new Object();
    private final byte[] firstBuffer;
    private KeptOutput kept;
    private volatile boolean spilling;
    private boolean ended;
    private boolean detached;
    private long reads;

    OutputDrain(InputStream stream, int maxBytes, Optional<SpillFile> spill) {
        this.stream = stream;
        this.kept = new KeptOutput(maxBytes);
        this.firstBuffer = kept.buffer();
        this.spill = spill;
        this.spilling = spill.isPresent();
    }

    @Override
    public void run() {
        try (InputStream in = stream) {
            byte[] buffer = firstBuffer;
            int from = 0;
            for (int length = read(in, buffer, from); length >= 0; length = read(in, buffer, from)) {
                if (spilling) write(buffer, from, length);
                synchronized (lock) {
                    reads++;
                    if (detached) continue;
                    kept.add(length);
                    buffer = kept.buffer();
                    from = kept.from();
                }
            }
        } catch (IOException closedUnderUs) {
            // The JDK closes the pipe of a command that has ended; what it had written was read before.
            return;
        } finally {
            end();
        }
    }

    private static int read(InputStream in, byte[] buffer, int from) throws IOException {
        return in.read(buffer, from, buffer.length - from);
    }

    private void write(byte[] buffer, int from, int length) {
        try {
            spill.orElseThrow().stream().write(buffer, from, length);
        } catch (IOException fullOrDetached) {
            // The command must not stop because its copy cannot be written; the result then names no file.
            spilling = false;
        }
    }

    private void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /** Waits for the end of the stream as long as something still comes, each time for the grace, at most until then. */
    boolean await(long graceMillis, long untilNanos) throws InterruptedException {
        synchronized (lock) {
            long seen = reads;
            long quietUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMillis);
            while (!ended) {
                long now = System.nanoTime();
                if (reads != seen) {
                    seen = reads;
                    quietUntil = now + TimeUnit.MILLISECONDS.toNanos(graceMillis);
                }
                long remaining = Math.min(quietUntil, untilNanos) - now;
                if (remaining <= 0) return false;
                TimeUnit.NANOSECONDS.timedWait(lock, Math.max(remaining, 1_000_000));
            }
            return true;
        }
    }

    /** What came so far; what comes later is thrown away. */
    Output detach() {
        Optional<Path> file = Optional.empty();
        if (spill.isPresent()) {
            boolean whole = spilling;
            if (spill.get().close() && whole) file = Optional.of(spill.get().path());
        }
        synchronized (lock) {
            Output output = kept.output(file);
            discard();
            return output;
        }
    }

    /** Throws away what came and what comes later. */
    void discard() {
        synchronized (lock) {
            detached = true;
            if (!ended) kept = new KeptOutput(0);
        }
    }
}
