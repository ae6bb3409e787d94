package io.trails.worktree.internal.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Empties a pipe on a thread of its own, so that its process never waits for us. Thread-safe. */
final class Drain {
    private static final int TAIL = 4_096;
    private static final int BUFFER = 16_384;

    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

    private Drain() {}

    /** Keeps all of it; more than the bound is an error. */
    static Drain bounded(InputStream pipe, long most) {
        var drain = new Drain();
        Threads.start("trails-git-output", () -> drain.run(() -> drain.all(pipe, most)));
        return drain;
    }

    /** Keeps its end. */
    static Drain tail(InputStream pipe) {
        var drain = new Drain();
        Threads.start("trails-git-errors", () -> drain.run(() -> drain.end(pipe)));
        return drain;
    }

    private interface Reading {
        byte[] read() throws IOException;
    }

    private void run(Reading reading) {
        try {
            bytes.complete(reading.read());
        } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            bytes.completeExceptionally(failed);
        }
    }

    private byte[] all(InputStream pipe, long most) throws IOException {
        var kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
            if (kept.size() + (long) n > most) throw new IOException("It is longer than " + most + " bytes");
            kept.write(buffer, 0, n);
        }
        return kept.toByteArray();
    }

    private byte[] end(InputStream pipe) throws IOException {
        byte[] kept = new byte[0];
        byte[] buffer = new byte[BUFFER];
        for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
            int start = Math.max(0, kept.length + n - TAIL);
            var joined = new ByteArrayOutputStream(TAIL);
            if (start < kept.length) joined.write(kept, start, kept.length - start);
            int from = Math.max(0, start - kept.length);
            joined.write(buffer, from, n - from);
            kept = joined.toByteArray();
        }
        return kept;
    }

    byte[] await(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
        return bytes.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For people only; empty if it cannot be read. */
    String text(Duration limit) throws InterruptedException {
        try {
            return new String(await(limit), StandardCharsets.UTF_8).strip();
        } catch (ExecutionException | TimeoutException unread) {
            return "";
        }
    }
}
