package io.trails.worktree.internal.git;

import io.trails.TrailsInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a process prints, for a reader that can be interrupted and has a deadline: a thread reads the pipe ahead, a bounded
 * number of chunks. Single-threaded but for that thread.
 */
final class ChunkPipe extends InputStream {
    private static final int CHUNK = 65_536;
    private static final int AHEAD = 16;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream pipe;
    private final long deadline;
    private final String what;
    private volatile boolean closed;
    private byte[] current = new byte[0];
    private int at;
    private boolean ended;

    private ChunkPipe(InputStream pipe, long deadline, String what) {
        this.pipe = pipe;
        this.deadline = deadline;
        this.what = what;
    }

    static ChunkPipe over(InputStream pipe, long deadline, String what) {
        var chunks = new ChunkPipe(pipe, deadline, what);
        Threads.start("trails-git-output", chunks::pump);
        return chunks;
    }

    private void pump() {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int n = pipe.read(buffer); n >= 0 && !closed; n = pipe.read(buffer)) {
                if (!put(Arrays.copyOf(buffer, n))) return;
            }
            put(END);
        } catch (IOException gone) {
            put(END);
        }
    }

    /** @return whether the reader is still there */
    private boolean put(byte[] chunk) {
        try {
            while (!closed) {
                if (chunks.offer(chunk, 100, TimeUnit.MILLISECONDS)) return true;
            }
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!fill()) return -1;
        int n = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, n);
        at += n;
        return n;
    }

    /** @return false at the end */
    private boolean fill() throws IOException {
        while (at == current.length) {
            if (ended) return false;
            byte[] next = next();
            ended = next.length == 0;
            current = next;
            at = 0;
        }
        return true;
    }

    private byte[] next() throws IOException {
        try {
            byte[] next = chunks.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) throw new InterruptedIOException("It did not end in time");
            return next;
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("reading what " + what + " prints", e);
        }
    }

    void skipRest() throws IOException {
        while (fill()) at = current.length;
    }

    @Override
    public void close() {
        closed = true;
    }
}
