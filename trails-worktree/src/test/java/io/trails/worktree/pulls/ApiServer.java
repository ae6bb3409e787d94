package io.trails.worktree.pulls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Plays a server's API: answers each call as the test said, in order, the last one for ever; and keeps what it was asked. */
final class ApiServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** What it was asked. */
    record Asked(String call, String query, String authorization, String body) {}

    /** What it answers. */
    record Answer(int status, String body, Map<String, String> headers, boolean hangs) {
        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of(), false);
        }

        Answer with(String header, String value) {
            var all = new HashMap<>(headers);
            all.put(header, value);
            return new Answer(status, body, all, hangs);
        }

        /** The head comes and the body never ends. */
        Answer hanging() {
            return new Answer(status, body, headers, true);
        }
    }

    ApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
    }

    /** The next answer to a call such as {@code POST /repos/acme/tool/pulls}. */
    ApiServer on(String call, Answer answer) {
        answers.computeIfAbsent(call, first -> new ArrayDeque<>()).add(answer);
        return this;
    }

    ApiServer on(String call, int status, String body) {
        return on(call, Answer.of(status, body));
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> calls() {
        return asked.stream().map(Asked::call).toList();
    }

    Asked last(String call) {
        return asked.stream()
                .filter(each -> each.call().equals(call))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(call + " is not among " + calls()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String call = exchange.getRequestMethod() + " " + uri.getRawPath().replaceFirst("^/api", "");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(
                    call,
                    String.valueOf(uri.getRawQuery()),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            Answer answer = next(call);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            int length = answer.hangs() ? 0 : bytes.length == 0 ? -1 : bytes.length;
            exchange.sendResponseHeaders(answer.status(), length);
            if (length >= 0) exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            if (answer.hangs()) closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer next(String call) {
        Deque<Answer> left = answers.get(call);
        if (left == null) return Answer.of(404, "{\"message\":\"Not Found\"}");
        synchronized (left) {
            return left.size() > 1 ? left.removeFirst() : left.getFirst();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
