package io.trails;

import java.time.Instant;
import java.util.Objects;

/**
 * What an agent is doing, with the evidence. Immutable.
 *
 * @param state what it is doing
 * @param since since when, as far as trails saw it
 * @param evidence what the conclusion rests on, such as the line that matched; never longer than 200 characters
 */
public record Activity(State state, Instant since, String evidence) {
    /** Checks the components. */
    public Activity {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** What an agent can be doing. */
    public enum State {
        /** Launched, nothing shown yet. */
        STARTING,
        /** Its output changes. */
        WORKING,
        /** It asks a question or a permission. */
        WAITING_FOR_INPUT,
        /** It shows its prompt and nothing changes. */
        IDLE,
        /** It has ended by itself. */
        EXITED,
        /** Its terminal is gone, and nobody knows how it ended. */
        LOST,
        /** Nothing matches and nothing changes, or it was not looked at for long enough to tell. */
        UNKNOWN
    }
}
