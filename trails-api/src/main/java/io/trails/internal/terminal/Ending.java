package io.trails.internal.terminal;

import java.util.OptionalInt;

/**
 * Whether a program has ended, and how.
 *
 * @param ended false while it runs
 * @param code what it exited with; empty while it runs and if nobody knows
 */
record Ending(boolean ended, OptionalInt code) {
    static final Ending RUNNING = new Ending(false, OptionalInt.empty());
    static final Ending LOST = new Ending(true, OptionalInt.empty());

    static Ending exited(int code) {
        return new Ending(true, OptionalInt.of(code));
    }

    boolean lost() {
        return ended && code.isEmpty();
    }

    String describe() {
        if (!ended) return "runs";
        return code.isPresent() ? "has ended with exit code " + code.getAsInt() : "is gone, nobody knows how it ended";
    }
}
