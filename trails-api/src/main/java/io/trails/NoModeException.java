package io.trails;

import java.io.Serial;
import java.util.Objects;

/** No mode satisfies what the session asks for on this machine. Carries the whole advice. */
public final class NoModeException extends TrailsException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why each candidate was refused. */
    private final transient ModeAdvice advice;

    /**
     * Carries the advice.
     *
     * @param session the session's name
     * @param advice why each candidate was refused
     */
    public NoModeException(String session, ModeAdvice advice) {
        super("mode.none", "No mode fits session '" + session + "'.\n" + advice.explain());
        this.advice = Objects.requireNonNull(advice, "advice");
    }

    /**
     * Returns why each candidate was refused, with what would help.
     *
     * @return the advice; not available after deserialisation
     */
    public ModeAdvice advice() {
        return advice;
    }
}
