package io.trails.spi;

import io.trails.TrailsException;
import java.io.Serial;

/** What a plan once created is gone. Thrown by {@code open}; the session is then reported as lost, and nothing is redone. */
public final class ResourceLostException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Names what is gone.
     *
     * @param message what is gone, and what can be done
     */
    public ResourceLostException(String message) {
        super("session.lost", message);
    }

    /**
     * Names what is gone, with the cause.
     *
     * @param message what is gone, and what can be done
     * @param cause how that was seen
     */
    public ResourceLostException(String message, Throwable cause) {
        super("session.lost", message, cause);
    }
}
