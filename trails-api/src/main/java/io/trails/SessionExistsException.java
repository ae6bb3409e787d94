package io.trails;

import java.io.Serial;

/** {@link Trails#open} was asked for a name that a session of this project already has. */
public final class SessionExistsException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Names the taken session.
     *
     * @param name the session's name
     * @param state what state the session that has it is in
     */
    public SessionExistsException(String name, SessionState state) {
        super(
                "session.exists",
                "Session '" + name + "' exists already (" + state + "); use find(\"" + name
                        + "\"), remove it, or choose another name");
    }
}
