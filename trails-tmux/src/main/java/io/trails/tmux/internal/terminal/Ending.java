package io.trails.tmux.internal.terminal;

import java.util.OptionalInt;

/**
 * Whether and how a program ended. Immutable.
 *
 * @param code its exit code, if it ended and somebody wrote it down
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
        return code.isPresent() ? "ended with exit code " + code.getAsInt() : "is gone and nobody knows how it ended";
    }
}
