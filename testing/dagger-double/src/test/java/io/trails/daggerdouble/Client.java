package io.trails.daggerdouble;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uses the double as a library does: through its command line tool and HTTP. */
final class Client implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(60);

    final Process tool;
    final String port;
    final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(EngineDouble engine, Path folder, String... options) throws IOException {
        this(engine.cli(folder.resolve("bin")), engine.runnerHost(), folder, options);
    }

    Client(Path cli, String runnerHost, Path folder, String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(cli.toString(), "session", "--workdir", folder.toString());
        builder.command().addAll(java.util.List.of(options));
        builder.environment().put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", runnerHost);
        builder.environment().remove("DAGGER_SESSION_PORT");
        tool = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String line =
                new BufferedReader(new InputStreamReader(tool.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("no session");
        }
        port = find(line, "\"port\":(\\d+)");
        token = find(line, "\"session_token\":\"([^\"]+)\"");
    }

    /** The body of the answer to a query. */
    String ask(String query) {
        HttpResponse<String> response =
                send(query).orTimeout(60, TimeUnit.SECONDS).join();
        return response.body();
    }

    CompletableFuture<HttpResponse<String>> send(String query) {
        return http.sendAsync(request(query).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String query) {
        String body = "{\"query\":" + quote(query) + "}";
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/query"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The id, or other text, that an answer has under a name. */
    static String text(String body, String name) {
        return find(body, "\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " in " + text);
        }
        return matcher.group(1);
    }

    static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    @Override
    public void close() {
        try {
            tool.getOutputStream().close();
            if (!tool.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                tool.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            tool.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
