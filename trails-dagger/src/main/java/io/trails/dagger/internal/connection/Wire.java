package io.trails.dagger.internal.connection;

import io.trails.dagger.internal.graph.Document;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends documents to a session, each over a connection that nobody else uses meanwhile, and waits for answers as long as they take.
 * Thread-safe.
 */
final class Wire implements AutoCloseable {
    static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final SessionAddress address;
    private final ExecutorService threads;
    private final HttpClient client;

    /** @param name of what the threads work for */
    Wire(SessionAddress address, String name) {
        this.address = address;
        var count = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "trails-dagger-http-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        client = HttpClient.newBuilder()
                // The offer to upgrade that the client else makes is passed on and refused.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    /** Cancelling the future ends the exchange, which tells the engine that nobody waits any more. */
    CompletableFuture<HttpResponse<byte[]>> post(Document document) {
        HttpRequest request = HttpRequest.newBuilder(address.query())
                .header("Authorization", address.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.request(document)))
                .build();
        return client.sendAsync(request, head -> new BoundedBody(LARGEST_ANSWER));
    }

    /** Before Java 21 a client has no end of its own: its last thread goes with the last reference to it. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
