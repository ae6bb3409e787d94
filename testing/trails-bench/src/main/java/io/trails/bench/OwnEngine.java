package io.trails.bench;

import io.trails.daggerdouble.EngineProcess;
import io.trails.daggerdouble.scene.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine that is played by a process of its own, so that its work is not ours, and one session of it that trails and the
 * baselines share. Thread-safe.
 */
final class OwnEngine implements AutoCloseable {
    static final String IMAGE = "debian:12";
    private static final Pattern ADDRESS =
            Pattern.compile("\\{\"port\":(\\d+),\"session_token\":\"([^\"]+)\"\\}");

    private final EngineProcess engine;
    private final Process tool;
    private final String port;
    private final String token;
    private final HttpClient client = client();

    private OwnEngine(EngineProcess engine, Process tool, String port, String token) {
        this.engine = engine;
        this.tool = tool;
        this.port = port;
        this.token = token;
    }

    static OwnEngine start(Scratch scratch) throws IOException {
        Path place = scratch.project();
        EngineProcess engine = EngineProcess.start(Release.V0_21_8, place.resolve("engine"));
        try {
            var session = new ProcessBuilder(
                            engine.cli(place).toString(), "session", "--workdir", place.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            session.environment().keySet().removeIf(name -> name.startsWith("DAGGER_"));
            session.environment().put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", engine.runnerHost());
            Process tool = session.start();
            String line = new BufferedReader(new InputStreamReader(tool.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            Matcher address = ADDRESS.matcher(String.valueOf(line));
            if (!address.matches()) throw new IllegalStateException("No session of the engine: " + line);
            return new OwnEngine(engine, tool, address.group(1), address.group(2));
        } catch (IOException | RuntimeException failed) {
            engine.close();
            throw failed;
        }
    }

    /** With what leads trails to the session. */
    Map<String, String> leading(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("DAGGER_SESSION_PORT", port);
        all.put("DAGGER_SESSION_TOKEN", token);
        return all;
    }

    /** How many HTTP requests there have been. */
    long requests() throws IOException {
        return Long.parseLong(engine.control("requests"));
    }

    /** How many processes of commands there are. */
    long running() throws IOException {
        return Long.parseLong(engine.control("running"));
    }

    /** The text of a request's query, the last one's at 0. */
    String query(int fromTheEnd) throws IOException {
        return engine.control("query " + fromTheEnd);
    }

    /** What a program does that has nothing to do but to ask: one request, and its answer as text. */
    String ask(String query) throws IOException, InterruptedException {
        return ask(client, Integer.parseInt(port), token, query);
    }

    /** Without the offer of another protocol, which a session refuses. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    static String ask(HttpClient client, int port, String token, String query)
            throws IOException, InterruptedException {
        String user = Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/query"))
                .header("Authorization", "Basic " + user)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"query\":\"" + escaped(query) + "\",\"variables\":{}}"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200 || answer.body().contains("\"errors\"")) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        tool.getOutputStream().close();
        tool.destroy();
        tool.waitFor();
        engine.close();
    }
}
