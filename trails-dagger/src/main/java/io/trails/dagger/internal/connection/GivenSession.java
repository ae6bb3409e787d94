package io.trails.dagger.internal.connection;

import java.util.Map;
import java.util.Optional;

/** A session that somebody else began for us, as the environment tells. */
final class GivenSession {
    private GivenSession() {}

    /**
     * The session, unless the choice names an engine: the session's may be another one.
     *
     * @throws EngineUnavailableException if it is named by halves
     */
    static Optional<SessionAddress> of(Map<String, String> environment, EngineChoice choice) {
        String port = environment.getOrDefault("DAGGER_SESSION_PORT", "");
        String token = environment.getOrDefault("DAGGER_SESSION_TOKEN", "");
        if (choice.runnerHost().isPresent() || (port + token).isEmpty()) return Optional.empty();
        try {
            return Optional.of(new SessionAddress(Integer.parseInt(port), token));
        } catch (IllegalArgumentException e) {
            // Without the cause, which might show the token.
            throw new EngineUnavailableException(Reasons.sessionInvalid(), null);
        }
    }
}
