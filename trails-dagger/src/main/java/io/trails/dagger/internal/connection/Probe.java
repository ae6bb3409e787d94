package io.trails.dagger.internal.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A look that answers in time, whatever hangs. Single-threaded. */
final class Probe {
    private final Map<String, String> environment;
    private final EngineChoice choice;
    private final Duration deadline;

    Probe(Map<String, String> environment, EngineChoice choice, Duration deadline) {
        this.environment = environment;
        this.choice = choice;
        this.deadline = deadline;
    }

    EngineStanding answer() {
        var answer = new CompletableFuture<EngineStanding>();
        // Shorter, so that the look can still say what it was that hung, and clean up.
        var look = new EngineLook(environment, choice, deadline.multipliedBy(3).dividedBy(4));
        var thread = new Thread(
                () -> {
                    try {
                        answer.complete(look.look());
                    } catch (InterruptedException | RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                },
                "trails-dagger-probe-" + choice.name());
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return hung("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return hung("the wait was interrupted");
        } catch (ExecutionException e) {
            return new EngineStanding.Unusable(
                    Reasons.unreachable("engine " + choice.name(), String.valueOf(e.getCause())));
        } finally {
            thread.interrupt();
        }
    }

    private EngineStanding hung(String detail) {
        return new EngineStanding.Unusable(Reasons.hung("engine " + choice.name(), detail));
    }
}
