package io.trails.internal.host;

import static org.awaitility.Awaitility.await;

import io.trails.Limits;
import io.trails.Reason;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session on the host, in a temporary folder, and what is needed to look at its processes from outside. */
final class HostFixture implements AutoCloseable {
    final HostSandboxProvider provider;
    final List<Reason> breaches = new CopyOnWriteArrayList<>();
    final Path home;
    final SandboxRequest request;
    final Plan plan;
    final Sandbox sandbox;

    HostFixture(Path folder) throws IOException {
        this(folder, Limits.none(), System.getenv());
    }

    HostFixture(Path folder, Limits limits) throws IOException {
        this(folder, limits, System.getenv());
    }

    HostFixture(Path folder, Limits limits, Map<String, String> environment) throws IOException {
        this(folder, limits, environment, SandboxSettings.none(), withoutGroups(folder));
    }

    HostFixture(
            Path folder,
            Limits limits,
            Map<String, String> environment,
            SandboxSettings settings,
            HostSandboxProvider provider)
            throws IOException {
        this.provider = provider;
        home = Files.createDirectories(folder.resolve("home"));
        request = request(folder, limits, environment, breaches, settings);
        plan = provider.plan(request);
        sandbox = provider.create(plan, request);
    }

    /** What trails does by itself must show also on a machine where the kernel would do it. */
    static HostSandboxProvider withoutGroups(Path folder) {
        return new HostSandboxProvider(folder.resolve("no-groups"));
    }

    static SandboxRequest request(Path folder, Limits limits, Map<String, String> environment, List<Reason> breaches)
            throws IOException {
        return request(folder, limits, environment, breaches, SandboxSettings.none());
    }

    private static SandboxRequest request(
            Path folder,
            Limits limits,
            Map<String, String> environment,
            List<Reason> breaches,
            SandboxSettings settings)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        return SandboxRequest.builder("session", new HostDirectory(folder.resolve("home")), own)
                .limits(limits)
                .environment(environment)
                .breachReporter(breaches::add)
                .settings(settings)
                .build();
    }

    /** Sees to a script in the session's directory, which keeps quoting out of the tests. */
    Path script(String name, String text) throws IOException {
        Path script = home.resolve(name);
        Files.writeString(script, text);
        script.toFile().setExecutable(true);
        return script;
    }

    /** The number a program wrote to a file, once it has. */
    long awaitPid(String file) {
        Path path = home.resolve(file);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
        try {
            return Long.parseLong(Files.readString(path).strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Whether it runs anything: a zombie does not, nor one that is just being reaped. */
    static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /** The command line of a JVM that runs a program of the tests. */
    static ProcessBuilder java(Class<?> program, List<String> options, String... arguments) {
        var argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(options);
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        argv.addAll(List.of(arguments));
        return new ProcessBuilder(argv).redirectErrorStream(true);
    }

    static Map<String, String> with(Map<String, String> environment, String... more) {
        var all = new HashMap<>(environment);
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    @Override
    public void close() {
        sandbox.stop();
        sandbox.close();
    }
}
