package io.trails.dagger.internal.connection;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.graph.Introspection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The first question to a session: which engine it is, and whether it has all that is needed. */
final class Handshake {
    private final Wire wire;
    private final SessionAddress address;
    private final Redaction redaction;
    private final boolean given;

    /** @param given whether somebody else began the session */
    Handshake(Wire wire, SessionAddress address, Redaction redaction, boolean given) {
        this.wire = wire;
        this.address = address;
        this.redaction = redaction;
        this.given = given;
        redaction.add(address.token());
    }

    /** @throws EngineUnavailableException if it cannot be used */
    Introspection greet(Duration deadline) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> asked = wire.post(Introspection.request());
        try {
            return understood(asked.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw unavailable(Reasons.hung("the session at " + address, ""), e);
        } catch (ExecutionException e) {
            throw unavailable(Reasons.unreachable("the session's " + address, String.valueOf(e.getMessage())), e);
        } finally {
            asked.cancel(true);
        }
    }

    private Introspection understood(HttpResponse<byte[]> response) {
        if (given && response.statusCode() == 401) throw unavailable(Reasons.sessionRefused(), null);
        try {
            Introspection engine =
                    Introspection.read(new Response(response, Introspection.request(), redaction).data());
            if (engine.missing().isEmpty()) return engine;
            throw unavailable(Reasons.lacking(engine.version(), engine.missing()), null);
        } catch (EngineUnavailableException e) {
            throw e;
        } catch (TrailsException e) {
            throw unavailable(Reasons.unreachable("the session's " + address, String.valueOf(e.getMessage())), e);
        }
    }

    private static EngineUnavailableException unavailable(Reason reason, @Nullable Throwable cause) {
        return new EngineUnavailableException(reason, cause);
    }
}
