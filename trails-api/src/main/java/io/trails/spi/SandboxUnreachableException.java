package io.trails.spi;

import io.trails.TrailsException;
import java.io.Serial;

/**
 * What a sandbox runs on cannot be reached now, such as an engine that is not started, and nothing is lost. Thrown by
 * {@code open}, and by methods of a sandbox or its copy that cannot do without. The session stays as it is: its files can be
 * used where they are the host's, and the next command tries again.
 */
public class SandboxUnreachableException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Names what cannot be reached.
     *
     * @param code the provider's
     * @param message what cannot be reached, and what would help
     */
    public SandboxUnreachableException(String code, String message) {
        super(code, message);
    }

    /**
     * Names what cannot be reached, with the cause.
     *
     * @param code the provider's
     * @param message what cannot be reached, and what would help
     * @param cause how that was seen
     */
    public SandboxUnreachableException(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
