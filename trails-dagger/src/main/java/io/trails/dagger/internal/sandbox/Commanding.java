package io.trails.dagger.internal.sandbox;

import java.util.function.BooleanSupplier;

/**
 * A command that has the turn.
 *
 * @param command by which this JVM ends it
 * @param toStop whether another JVM asked for its end
 */
record Commanding(RunningCommand command, BooleanSupplier toStop) {
    /** What works like a command on behalf of who runs none. */
    static Commanding nobody() {
        return new Commanding(new RunningCommand(), () -> false);
    }
}
