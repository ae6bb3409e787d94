package io.trails.worktree.internal.pull;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests, each with a deadline for the whole answer, and follows no redirect. Thread-safe. */
final class RestClient implements AutoCloseable {
    private final URI base;
    private final Secret token;
    private final RestLimits limits;
    private final ExecutorService threads;
    private final HttpClient client;

    RestClient(URI base, Secret token, RestLimits limits) {
        this.base = base;
        this.token = token;
        this.limits = limits;
        threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "trails-pull-request");
            thread.setDaemon(true);
            return thread;
        });
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.timeout())
                .executor(threads)
                .build();
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, head -> new BoundedBody(limits.largestAnswer()));
        try {
            // The request's own timeout ends with the head of the answer; the body may trickle.
            return sent.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for " + base.getRawAuthority(), e);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } finally {
            sent.cancel(true);
        }
    }

    private TrailsException failed(Throwable cause) {
        if (cause instanceof HttpTimeoutException) return late();
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof BoundedBody.TooLargeException)
                return new TrailsException(
                        "worktree.pull-answer",
                        "The answer of the server at " + base.getRawAuthority() + " is longer than "
                                + limits.largestAnswer() + " bytes and was not read to its end",
                        each);
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : token.redact(cause.getMessage());
        // Without its cause: nobody knows what a network library writes into its exceptions.
        return new TrailsException(
                "worktree.pull-unavailable",
                "The server at " + base.getRawAuthority() + " cannot be reached: " + why
                        + "; the branch is pushed, try again later");
    }

    private TrailsException late() {
        return new TrailsException(
                "worktree.pull-timeout",
                "The server at " + base.getRawAuthority() + " did not answer within "
                        + limits.timeout().toMillis() + " ms; the branch is pushed, try again later");
    }

    void pause(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting to ask " + base.getRawAuthority() + " again", e);
        }
    }

    /** Before Java 21 a client has no end of its own: its last thread goes with the last reference to it. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
