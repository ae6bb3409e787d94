package io.trails.internal.terminal;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Writes to a pipe that may be full for ever. A thread of its own does the writing, for as long as it takes; the caller
 * stops waiting once nothing moved for a while.
 */
final class BoundedWrite {
    /** How long nothing may move, as a rule. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What a pipe takes whole or not at all, on every system: so the count of what was taken is exact. */
    static final int CHUNK = 512;

    private final Sink sink;
    private final byte[] bytes;
    private final Duration patience;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Optional<IOException> failure = Optional.empty();
    private volatile int taken;
    private volatile boolean abandoned;

    private BoundedWrite(Sink sink, byte[] bytes, Duration patience) {
        this.sink = sink;
        this.bytes = bytes;
        this.patience = patience;
    }

    /** Where it goes. */
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** Makes a write that blocks fail, if that is possible. */
        void abandon() throws IOException;
    }

    /**
     * Writes it all.
     *
     * @param name of the terminal, for messages and the thread
     * @param patience how long nothing may move
     * @param ended whether the program has ended, which makes waiting pointless
     * @throws TrailsException {@code terminal.stuck} or {@code terminal.ended}
     */
    static void write(String name, Sink sink, byte[] bytes, Duration patience, BooleanSupplier ended) {
        var write = new BoundedWrite(sink, bytes, patience);
        var thread = new Thread(write::run, "trails-typing-" + name);
        thread.setDaemon(true);
        thread.start();
        write.await(name, ended);
    }

    private void run() {
        try {
            int done = 0;
            while (done < bytes.length && !abandoned) {
                int length = Math.min(CHUNK, bytes.length - done);
                sink.write(bytes, done, length);
                done += length;
                taken = done;
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        } finally {
            finished.countDown();
        }
    }

    private void await(String name, BooleanSupplier ended) {
        int before = 0;
        long moved = System.nanoTime();
        try {
            while (!finished.await(50, TimeUnit.MILLISECONDS)) {
                if (taken != before) {
                    before = taken;
                    moved = System.nanoTime();
                } else if (ended.getAsBoolean()) {
                    throw giveUp(endedWhileTyping(name));
                } else if (System.nanoTime() - moved >= patience.toNanos()) {
                    throw giveUp(stuck(name));
                }
            }
        } catch (InterruptedException e) {
            throw giveUp(new TrailsInterruptedException("typing into terminal '" + name + "'", e));
        }
        if (failure.isPresent()) throw failed(name, failure.get(), ended.getAsBoolean());
    }

    private TrailsException failed(String name, IOException cause, boolean ended) {
        if (ended) return endedWhileTyping(name);
        return new TrailsException(
                "terminal.stuck",
                "Terminal '" + name + "' took only " + taken + " of " + bytes.length + " bytes: " + cause,
                cause);
    }

    private TrailsException giveUp(TrailsException why) {
        abandoned = true;
        try {
            sink.abandon();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    private TrailsException stuck(String name) {
        return new TrailsException(
                "terminal.stuck",
                "The program in terminal '" + name + "' reads nothing: it took " + taken + " of " + bytes.length
                        + " bytes and none for " + patience.toSeconds() + " s; the rest was not typed. Wait until it"
                        + " reads again, interrupt it, or remove the terminal");
    }

    private TrailsException endedWhileTyping(String name) {
        return new TrailsException(
                "terminal.ended",
                "The program in terminal '" + name + "' ended after it took " + taken + " of " + bytes.length
                        + " bytes");
    }
}
