package io.trails.tmux.internal.place;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A watch of a directory. It is told of changes, or, where nobody tells, returns from waiting after a moment without knowing:
 * after a longer one when nothing was seen to change for some time. Thread-safe.
 */
final class DirectoryWatch implements Watch {
    private static final long SHORTEST_NANOS = 500_000;
    private static final long LONGEST_NANOS = 50_000_000;

    private final String directory;
    private final Supplier<?> look;
    private final Consumer<DirectoryWatch> onClose;
    private final Object lock = new Object();
    private long ticks;
    private boolean looking;
    private boolean closed;
    private long pause = SHORTEST_NANOS;
    private Object picture = "";

    /**
     * A watch that has to be told.
     *
     * @param look gives unequal values when something changed; used once nobody tells
     * @param onClose takes this once
     */
    DirectoryWatch(String directory, Supplier<?> look, Consumer<DirectoryWatch> onClose) {
        this.directory = directory;
        this.look = look;
        this.onClose = onClose;
    }

    void changed() {
        synchronized (lock) {
            ticks++;
            lock.notifyAll();
        }
    }

    /** From now on nobody tells of changes. */
    void lookAlone() {
        synchronized (lock) {
            looking = true;
            ticks++;
            lock.notifyAll();
        }
    }

    @Override
    public long ticks() {
        synchronized (lock) {
            return ticks;
        }
    }

    @Override
    public void await(long seen, Duration atMost) {
        long deadline = System.nanoTime() + nanos(atMost);
        boolean looked = false;
        try {
            synchronized (lock) {
                while (ticks == seen && !closed && !looked) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) return;
                    looked = looking;
                    TimeUnit.NANOSECONDS.timedWait(lock, looking ? Math.min(pause, left) : left);
                }
                if (!looked) return;
                if (ticks == seen) ticks++;
            }
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + directory, e);
        }
        adapt();
    }

    /** Bounded, so that a duration of centuries does not overflow the clock. */
    private static long nanos(Duration time) {
        return time.toDays() > 36_500 ? Long.MAX_VALUE / 2 : time.toNanos();
    }

    private void adapt() {
        Object now = look.get();
        synchronized (lock) {
            pause = now.equals(picture) ? Math.min(LONGEST_NANOS, pause * 2) : SHORTEST_NANOS;
            picture = now;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) return;
            closed = true;
            ticks++;
            lock.notifyAll();
        }
        onClose.accept(this);
    }

    @Override
    public String toString() {
        return directory;
    }
}
