package io.trails.dagger.internal.sandbox;

import io.trails.Limits;
import io.trails.Reason;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.recipe.SecretValues;
import io.trails.spi.SandboxNotice;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a session's container is made with and reports to. Immutable.
 *
 * @param plan what was planned
 * @param limits what its processes may use
 * @param hidden the recipe's secrets, read when they are first needed
 * @param replayAllowed whether commands may be run again
 * @param engine gives the connection, opened again if it was lost
 * @param notices where it tells what is no answer
 * @param patience how long any one request may take that runs no command of the session
 */
record Surroundings(
        SessionPlan plan,
        Limits limits,
        HiddenValues hidden,
        boolean replayAllowed,
        Supplier<EngineConnection> engine,
        Consumer<SandboxNotice> notices,
        Duration patience) {
    /**
     * The recipe's secrets.
     *
     * @throws io.trails.TrailsException {@code dagger.secret-missing} if one is not there
     */
    SecretValues secrets() {
        return hidden.get();
    }

    void tell(SandboxNotice.Kind kind, Reason reason) {
        notices.accept(new SandboxNotice(kind, reason));
    }
}
