package io.trails.it;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the steps of an operation as its providers and its clock see them, and kills this JVM with -9 at one of them. */
final class CrashSteps {
    private final AtomicInteger reached = new AtomicInteger();
    private volatile int fatal = Integer.MAX_VALUE;

    /** From now on steps count from 1, and that one is the last. */
    void arm(int step) {
        reached.set(0);
        fatal = step;
    }

    int reached() {
        return reached.get();
    }

    void reach() {
        if (reached.incrementAndGet() == fatal) killThisJvm();
    }

    /** A clock is asked at the seams that no provider sees, such as just before a record is written. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                reach();
                return Instant.now();
            }
        };
    }

    private static void killThisJvm() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
            TimeUnit.SECONDS.sleep(30);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("This JVM could not kill itself", failed);
        }
        throw new IllegalStateException("This JVM survived kill -9");
    }
}
