package io.trails.tmux.internal.recording;

import java.util.concurrent.TimeUnit;

/** Time as it passes. */
final class RealPacing implements Pacing {
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.min(LONGEST, nanos));
    }
}
