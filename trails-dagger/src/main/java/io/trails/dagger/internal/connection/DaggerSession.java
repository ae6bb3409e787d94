package io.trails.dagger.internal.connection;

import io.trails.dagger.internal.graph.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A {@code dagger session} that was started here. It ends when its input does, and so with this process, however that ends.
 * Thread-safe.
 */
final class DaggerSession {
    private static final String SDK_VERSION = "1";
    private static final int GRACE_SECONDS = 12;

    /**
     * The program reads its input to the end, as it is told, but without an engine it lives on, for ten minutes or for ever. This
     * process may be gone by then; so a shell that reads the same input, in which there never is anything, ends it.
     */
    private static final String GUARD = """
        left=$1
        shift
        exec 3<&0
        "$@" <&3 3<&- & program=$!
        { while read -r nothing <&3; do :; done
          while kill -0 $program && [ $left -gt 0 ]; do sleep 1; left=$((left - 1)); done
          kill -9 $program
        } >/dev/null 2>&1 & guard=$!
        exec 3<&-
        wait $program
        code=$?
        kill $guard 2>/dev/null
        exit $code
        """;

    private final Process process;
    private final Path directory;
    private final Redaction redaction;
    private final OutputTail said = new OutputTail();
    private final CompletableFuture<SessionAddress> address = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    private DaggerSession(Process process, Path directory, Redaction redaction) {
        this.process = process;
        this.directory = directory;
        this.redaction = redaction;
    }

    /**
     * Starts one.
     *
     * @param name of what it is for
     * @throws IOException if the program cannot be started
     */
    static DaggerSession start(Path program, Map<String, String> environment, Redaction redaction, String name)
            throws IOException {
        return start(program, environment, redaction, name, GRACE_SECONDS);
    }

    /** @param grace in seconds, for a program that was told to end */
    static DaggerSession start(
            Path program, Map<String, String> environment, Redaction redaction, String name, int grace)
            throws IOException {
        // Of its own and empty: what lies around in a directory would be looked at.
        Path directory = Files.createTempDirectory("trails-dagger-");
        try {
            var builder = new ProcessBuilder(List.of(
                    "/bin/sh",
                    "-c",
                    GUARD,
                    "trails-dagger",
                    Integer.toString(grace),
                    program.toString(),
                    "session",
                    "--silent",
                    "--workdir",
                    directory.toString(),
                    "--label",
                    "dagger.io/sdk.name:trails",
                    "--label",
                    "dagger.io/sdk.version:" + SDK_VERSION));
            builder.directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            var session = new DaggerSession(builder.start(), directory, redaction);
            session.listen(name);
            return session;
        } catch (IOException e) {
            Files.deleteIfExists(directory);
            throw e;
        }
    }

    private void listen(String name) {
        read("trails-dagger-stdout-" + name, process.getInputStream(), this::heard, () -> {});
        read("trails-dagger-stderr-" + name, process.getErrorStream(), said::add, () -> drained.complete(null));
        var unused = process.onExit().thenRun(this::ended);
    }

    private static void read(String name, InputStream stream, Consumer<String> lines, Runnable end) {
        var thread = new Thread(
                () -> {
                    try (stream) {
                        LineReader.each(stream, lines);
                    } catch (IOException e) {
                        LoggerFactory.getLogger(DaggerSession.class).debug("{} ended early", name, e);
                    } finally {
                        end.run();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void heard(String line) {
        if (address.isDone()) return;
        try {
            announced(line);
        } catch (RuntimeException | Error e) {
            // Whoever waits for it would wait until the start is given up.
            address.completeExceptionally(e);
        }
    }

    private void announced(String line) {
        Optional<Tree> read = WireJson.read(line.getBytes(StandardCharsets.UTF_8));
        if (read.isEmpty()) return;
        Optional<String> token = read.get().member("session_token").asText();
        if (token.isPresent() && read.get().member("port") instanceof Tree.Whole port) {
            redaction.add(token.get());
            address.complete(new SessionAddress((int) port.number(), token.get()));
        }
    }

    private void ended() {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LoggerFactory.getLogger(DaggerSession.class).debug("{} stays", directory, e);
        }
        var unused = drained.orTimeout(1, TimeUnit.SECONDS)
                .whenComplete((nothing, late) -> address.completeExceptionally(
                        new EngineUnavailableException(Reasons.startFailed(exitAndWords()), null)));
    }

    private String exitAndWords() {
        return "exit code " + process.exitValue() + words(": ");
    }

    /** The last lines that it wrote for people, without secrets. */
    String words(String before) {
        String last = said.last(5);
        return last.isEmpty() ? "" : before + redaction.apply(last);
    }

    /**
     * Waits until it listens.
     *
     * @throws EngineUnavailableException if it ended before
     */
    SessionAddress address(Duration deadline) throws InterruptedException, TimeoutException {
        try {
            return address.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineUnavailableException known) throw known;
            throw new EngineUnavailableException(
                    Reasons.startFailed("what it announces cannot be used" + words(": ")), e);
        }
    }

    /** Calls when it has ended, with how. */
    void onEnd(Consumer<String> listener) {
        // Its last words come a little later than its end.
        var words = drained.copy().orTimeout(1, TimeUnit.SECONDS).exceptionally(late -> null);
        var unused = process.onExit()
                .thenCombine(words, (exited, nothing) -> exited)
                .thenRun(() -> listener.accept(exitAndWords()));
    }

    /** Asks it to end, which it does as soon as its engine has let go. */
    void beginEnd() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LoggerFactory.getLogger(DaggerSession.class).debug("The session's input was closed already", e);
        }
    }

    /** Ends it at once, with what it started. */
    void kill() {
        ProcessEnd.kill(process);
        // If the shell alone was killed before, nobody knows its children any more, but they read this.
        beginEnd();
    }

    boolean awaitEnd(Duration deadline) throws InterruptedException {
        return process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }
}
