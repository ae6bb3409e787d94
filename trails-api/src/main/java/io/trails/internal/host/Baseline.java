package io.trails.internal.host;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Measures a new session's files in the background: only the usage report needs it, so nobody waits. */
final class Baseline implements Runnable, BooleanSupplier {
    /** A tree that takes longer is not worth it; the usage report then says that it does not know. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final DiskGrowth disk;
    private final CloseFlag closed;
    private final long started = System.nanoTime();

    Baseline(DiskGrowth disk, CloseFlag closed) {
        this.disk = disk;
        this.closed = closed;
    }

    @Override
    public void run() {
        try {
            disk.start(this);
        } catch (IOException e) {
            LoggerFactory.getLogger(Baseline.class).debug("The session's files could not be measured", e);
        }
    }

    @Override
    public boolean getAsBoolean() {
        return closed.getAsBoolean() || System.nanoTime() - started > LONGEST_NANOS;
    }
}
