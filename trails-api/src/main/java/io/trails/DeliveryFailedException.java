package io.trails;

import java.io.Serial;

/** {@link Agent#submit} could not show that the agent took the text. */
public final class DeliveryFailedException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says what is known of the text.
     *
     * @param message what was tried and what the terminal showed instead
     */
    public DeliveryFailedException(String message) {
        super("agent.not-delivered", message);
    }

    /**
     * Says what is known of the text, with the cause.
     *
     * @param message what was tried
     * @param cause why it failed
     */
    public DeliveryFailedException(String message, Throwable cause) {
        super("agent.not-delivered", message, cause);
    }
}
