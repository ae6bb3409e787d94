package io.trails.daggerdouble;

import io.trails.daggerdouble.graph.Engine;
import io.trails.daggerdouble.run.Bubblewrap;
import io.trails.daggerdouble.scene.Faults;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import io.trails.daggerdouble.scene.Traffic;
import io.trails.daggerdouble.wire.EngineServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine for tests, in this process: it listens on a port of its own until it is closed, and all that runs for its clients ends
 * with it. Thread-safe.
 */
public final class EngineDouble implements AutoCloseable {

    private static final String QUERY = "query ";

    private final Release release;
    private final Path directory;
    private final Map<String, Image> images = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final Traffic traffic = new Traffic();
    private boolean uplink = true;
    private int starts;
    private Engine engine;
    private EngineServer server;

    private EngineDouble(Release release, Path directory, int port) throws IOException {
        this.release = release;
        this.directory = directory;
        images.put("debian:12", Image.base());
        engine = engine();
        server = new EngineServer(release, engine, faults, port, this::control);
    }

    /**
     * Starts an engine.
     *
     * @param directory where it keeps its files; made if missing, and what the engine made there is deleted at its end
     */
    public static EngineDouble start(Release release, Path directory) throws IOException {
        return start(release, directory, 0);
    }

    static EngineDouble start(Release release, Path directory, int port) throws IOException {
        return new EngineDouble(release, directory, port);
    }

    /** Why no engine can be played here, if so: bubblewrap is missing or may not make namespaces. */
    public static Optional<String> unavailable() {
        return Bubblewrap.unavailable();
    }

    /** What {@code _EXPERIMENTAL_DAGGER_RUNNER_HOST} has to be for the command line tool to find this engine. */
    public synchronized String runnerHost() {
        return "tcp://127.0.0.1:" + server.port();
    }

    /** Writes a {@code dagger} command line tool of this engine's release and gives its path. */
    public Path cli(Path folder) throws IOException {
        return cli(folder, release.version());
    }

    /** Writes a {@code dagger} command line tool that says it is of a version. */
    public static Path cli(Path folder, String version) throws IOException {
        return CommandLine.write(folder, version);
    }

    /** Puts an image into the registry; the engine begins with {@code debian:12}. */
    public EngineDouble image(String address, Image image) {
        images.put(address, image);
        return this;
    }

    public Faults faults() {
        return faults;
    }

    public Traffic traffic() {
        return traffic;
    }

    public synchronized int sessions() {
        return server.sessions();
    }

    /** From now on no id that was given is known. */
    public synchronized void loseIds() {
        engine.forgetIds();
    }

    /** Forgets what was executed: the same commands run again. */
    public synchronized void prune() {
        engine.prune();
    }

    /** Dies as by {@code kill -9}: running commands end, connections break, nothing is answered. */
    public synchronized void kill() throws IOException {
        server.close();
        engine.close();
    }

    /** Ends as by {@code SIGTERM}: open requests are answered that it shuts down, then nothing is. */
    public synchronized void shutDown() throws IOException {
        server.shutDown();
        kill();
    }

    /** Starts again on the same port, without anything it knew: numbers of ids begin anew. */
    public synchronized void restart() throws IOException {
        int port = server.port();
        kill();
        engine = engine();
        server = new EngineServer(release, engine, faults, port, this::control);
    }

    /** Execs and services of commands to come get no network at all. */
    public synchronized EngineDouble withoutUplink() throws IOException {
        uplink = false;
        restart();
        return this;
    }

    private Engine engine() throws IOException {
        Files.createDirectories(directory);
        Path own = directory.resolve("engine-" + ProcessHandle.current().pid() + "-" + starts++);
        return new Engine(release, own, images, faults, traffic, uplink);
    }

    private String control(String line) {
        if (line.startsWith(QUERY)) {
            return query(Integer.parseInt(line.substring(QUERY.length())));
        }
        switch (line) {
            case "loseIds" -> loseIds();
            case "prune" -> prune();
            case "executions" -> {
                return Long.toString(traffic.executions());
            }
            case "requests" -> {
                return Long.toString(traffic.requests());
            }
            case "running" -> {
                return Long.toString(traffic.running());
            }
            case "sessions" -> {
                return Integer.toString(sessions());
            }
            default -> faults.play(line);
        }
        return "ok";
    }

    private String query(int fromTheEnd) {
        List<Traffic.Query> queries = traffic.queries();
        return queries.get(queries.size() - 1 - fromTheEnd).text();
    }

    @Override
    public synchronized void close() throws IOException {
        kill();
        faults.clear();
    }
}
