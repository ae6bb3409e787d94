package io.trails.internal.select;

import io.trails.Mode;
import io.trails.internal.select.Precedence.Voice;
import java.util.Optional;

/**
 * The mode to try first.
 *
 * @param mode which
 * @param voice who named it; empty for the default
 * @param raised whether what they named had to give way to a mode that isolates more
 */
record Wanted(Mode mode, Optional<Voice> voice, boolean raised) {
    /** Whether somebody who may do so asked for exactly this mode by its name. */
    boolean isNamed() {
        return voice.isPresent() && voice.get().trusted() && !raised;
    }

    /** Whether it was set beforehand, by other than the session itself. */
    boolean isConfigured() {
        return voice.isPresent() && !voice.get().isSession();
    }

    /** Who said so, for a person. */
    String origin() {
        if (voice.isEmpty()) return "the default";
        return voice.get().isSession() ? "the session" : voice.get().who();
    }
}
