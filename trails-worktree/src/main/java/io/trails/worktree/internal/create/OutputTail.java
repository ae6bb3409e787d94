package io.trails.worktree.internal.create;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of what a process prints, read by a thread that ends with the pipe. Thread-safe. */
final class OutputTail {
    private static final int KEPT = 8_192;
    private static final long PATIENCE_MILLIS = 500;

    private final Object lock = new Object();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final byte[] ring = new byte[KEPT];
    private long total;

    private OutputTail() {}

    static OutputTail of(InputStream output) {
        var tail = new OutputTail();
        var thread = new Thread(() -> tail.read(output), "trails-setup-output");
        thread.setDaemon(true);
        thread.start();
        return tail;
    }

    private void read(InputStream output) {
        byte[] buffer = new byte[KEPT];
        try {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                synchronized (lock) {
                    for (int i = 0; i < n; i++) ring[(int) ((total + i) % KEPT)] = buffer[i];
                    total += n;
                }
            }
        } catch (IOException closed) {
            // What was read is what there is.
            return;
        } finally {
            ended.countDown();
        }
    }

    /** What has come so far; a process that was left running may hold the pipe open. */
    String text() throws InterruptedException {
        boolean whole = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        synchronized (lock) {
            int size = (int) Math.min(total, KEPT);
            byte[] kept = new byte[size];
            for (int i = 0; i < size; i++) kept[i] = ring[(int) ((total - size + i) % KEPT)];
            String cut = total > KEPT ? "(" + (total - KEPT) + " bytes before are cut) " : "";
            return cut + new String(kept, StandardCharsets.UTF_8).strip() + (whole ? "" : " (and perhaps more)");
        }
    }
}
