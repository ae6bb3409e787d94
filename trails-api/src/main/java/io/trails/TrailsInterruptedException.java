package io.trails;

import java.io.Serial;

/** The calling thread was interrupted while it waited. The thread's interrupt flag is set again. */
public final class TrailsInterruptedException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Restores the interrupt flag of the current thread.
     *
     * @param doing what was waited for, such as "waiting for the agent's prompt"
     * @param cause the interrupt
     */
    public TrailsInterruptedException(String doing, InterruptedException cause) {
        super("interrupted", "Interrupted while " + doing, cause);
        Thread.currentThread().interrupt();
    }
}
