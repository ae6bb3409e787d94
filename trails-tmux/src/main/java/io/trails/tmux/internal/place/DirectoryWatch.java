package io.trails.tmux.internal.place;

import io.trails.TrailsInterruptedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A watch of a directory of the host. It is told of changes, or returns from waiting after a moment without knowing: after
 * a longer one when nobody found anything for some time. Thread-safe.
 */
final class DirectoryWatch implements Watch {
    private static final long SHORTEST_NANOS = 500_000;
    private static final long LONGEST_NANOS = 50_000_000;

    private final DirectoryWatches all;
    private final Path directory;
    private final Object lock = new Object();
    private long ticks;
    private boolean looking;
    private boolean closed;
    private long pause = SHORTEST_NANOS;
    private DirectoryPicture picture = DirectoryPicture.NONE;

    DirectoryWatch(DirectoryWatches all, Path directory) {
        this.all = all;
        this.directory = directory;
    }

    void changed() {
        synchronized (lock) {
            ticks++;
            lock.notifyAll();
        }
    }

    /** From now on nobody tells of changes. */
    void look() {
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
        DirectoryPicture now = DirectoryPicture.of(directory);
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
        all.closed(this);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
