package io.trails.daggerdouble;

import graphql.GraphQL;
import io.trails.daggerdouble.scene.Release;
import io.trails.daggerdouble.wire.ControlClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dataloader.DataLoader;
import org.jspecify.annotations.NullMarked;
import org.reactivestreams.Publisher;

/** An engine for tests in a process of its own, which can be killed for real; it ends with this process too. Thread-safe. */
public final class EngineProcess implements AutoCloseable {

    private static final int DEADLINE = 60;

    private final Release release;
    private final Path directory;
    private Process process;
    private String runnerHost;

    private EngineProcess(Release release, Path directory) throws IOException {
        this.release = release;
        this.directory = directory;
        process = launch(0);
        runnerHost = said(process);
    }

    /** Starts an engine that keeps its files in a directory. */
    public static EngineProcess start(Release release, Path directory) throws IOException {
        return new EngineProcess(release, directory);
    }

    public synchronized String runnerHost() {
        return runnerHost;
    }

    /** Writes a {@code dagger} command line tool of this engine's release and gives its path. */
    public Path cli(Path folder) throws IOException {
        return EngineDouble.cli(folder, release.version());
    }

    public synchronized long pid() {
        return process.pid();
    }

    /**
     * Has the engine do something: {@code loseIds}, {@code prune}, a failure of {@link
     * io.trails.daggerdouble.scene.Faults#play}; or asks for {@code requests}, {@code executions}, {@code running}, {@code
     * sessions}, or for the text of a query: {@code query 0} is the last one.
     */
    public String control(String line) throws IOException {
        return ControlClient.send(runnerHost(), line);
    }

    /** Kills the engine's process and waits for its end. */
    public synchronized void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(DEADLINE, TimeUnit.SECONDS).join();
        // A container that was just being started may have missed the death of its parent.
        for (int quiet = 0; quiet < 3; quiet++) {
            List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                    .filter(one -> one.info().arguments().map(this::isOurs).orElse(false))
                    .toList();
            orphans.forEach(ProcessHandle::destroyForcibly);
            quiet = orphans.isEmpty() ? quiet : -1;
        }
    }

    private boolean isOurs(String[] arguments) {
        return Arrays.stream(arguments).anyMatch(argument -> argument.startsWith(directory + "/engine-"));
    }

    /** Starts the engine again after {@link #kill}, on the same port, without anything it knew. */
    public synchronized void restart() throws IOException {
        kill();
        process = launch(URI.create(runnerHost).getPort());
        runnerHost = said(process);
    }

    private Process launch(int port) throws IOException {
        Files.createDirectories(directory);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        EngineDoubleMain.class.getName(),
                        release.name(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String said(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the engine did not start");
        }
        return line;
    }

    private static String classPath() throws IOException {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> needed :
                new Class<?>[] {EngineDouble.class, GraphQL.class, DataLoader.class, Publisher.class, NullMarked.class
                }) {
            places.add(place(needed).toString());
        }
        // Where resources lie apart from the classes.
        places.add(System.getProperty("java.class.path"));
        return String.join(":", places);
    }

    private static Path place(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
