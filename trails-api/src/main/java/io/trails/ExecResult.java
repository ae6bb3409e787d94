package io.trails;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a command ended. Immutable. A non-zero exit code is an answer, not an exception.
 *
 * @param status whether it ended by itself
 * @param exitCode what it exited with, 128 + n where signal n ended it, or -1 unless {@code status} is {@code EXITED}
 * @param stdout what it wrote to its standard output
 * @param stderr what it wrote to its standard error
 * @param elapsed how long it ran
 * @param reason what ended it, unless {@code status} is {@code EXITED}
 */
public record ExecResult(
        Status status, int exitCode, Output stdout, Output stderr, Duration elapsed, Optional<Reason> reason) {
    /** Checks the components. */
    public ExecResult {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(stdout, "stdout");
        Objects.requireNonNull(stderr, "stderr");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(reason, "reason");
    }

    /** Who ended the command. */
    public enum Status {
        /**
         * It ended by itself, or by a signal that its {@link Trails} did not send. That includes the end of a session that
         * another process, or another {@link Trails}, stopped or removed: who runs the command learns of the signal alone.
         */
        EXITED,
        /** Its timeout passed; it and its descendants were ended. */
        TIMED_OUT,
        /** It or the session broke a limit; it and its descendants were ended. */
        LIMIT_EXCEEDED,
        /** The caller closed or interrupted it, or stopped, removed or closed its session; it was ended with all it started. */
        CANCELLED
    }

    /**
     * Whether it ended by itself with exit code 0.
     *
     * @return true if so
     */
    public boolean ok() {
        return status == Status.EXITED && exitCode == 0;
    }

    /**
     * Insists on success.
     *
     * @return this result
     * @throws CommandFailedException unless {@link #ok()}
     */
    public ExecResult orThrow() {
        if (!ok()) throw new CommandFailedException(this);
        return this;
    }
}
