package io.trails.internal.terminal;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what no terminal shows. */
public final class Await {
    private Await() {}

    public static void until(Callable<Boolean> condition, Callable<String> otherwise) {
        Patience patience = Patience.of(Duration.ofSeconds(20));
        try {
            while (!condition.call()) {
                if (patience.over()) throw new AssertionError("Not in time; " + otherwise.call());
                patience.pause("a test");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
