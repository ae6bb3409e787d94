package io.trails.dagger.internal.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session of the double that somebody else began. */
final class GivenDouble implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("\\{\"port\":(\\d+),\"session_token\":\"([^\"]+)\"}");

    private final Process process;
    private final Map<String, String> environment;

    GivenDouble(Scene scene) throws IOException {
        var builder =
                new ProcessBuilder(scene.cli().toString(), "session").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", scene.engine().runnerHost());
        process = builder.start();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Matcher line = LINE.matcher(String.valueOf(reader.readLine()));
        if (!line.matches()) throw new IOException("no session");
        environment = new HashMap<>(scene.environment());
        environment.put("DAGGER_SESSION_PORT", line.group(1));
        environment.put("DAGGER_SESSION_TOKEN", line.group(2));
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
