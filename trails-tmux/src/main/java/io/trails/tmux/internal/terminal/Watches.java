package io.trails.tmux.internal.terminal;

import io.trails.tmux.internal.place.Watch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches that a pane handed out, so that none of them outlives it in this JVM. Thread-safe. */
final class Watches implements AutoCloseable {
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Watch add(Watch watch) {
        var ours = new Ours(watch);
        open.add(ours);
        if (closed) ours.close();
        return ours;
    }

    @Override
    public void close() {
        closed = true;
        for (Watch watch : open) watch.close();
    }

    private final class Ours implements Watch {
        private final Watch watch;

        Ours(Watch watch) {
            this.watch = watch;
        }

        @Override
        public long ticks() {
            return watch.ticks();
        }

        @Override
        public void await(long seen, Duration atMost) {
            watch.await(seen, atMost);
        }

        @Override
        public void close() {
            open.remove(this);
            watch.close();
        }
    }
}
