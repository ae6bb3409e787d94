package io.trails.tmux.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.spi.HostDirectory;
import io.trails.spi.Provider;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;

/** Sessions on the host, and a server of its own that ends with the test. */
public final class HostPlace implements AutoCloseable {
    private final Path scratch;
    private final String serverId =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final List<Sandbox> sandboxes = new ArrayList<>();
    private int sessions;

    public HostPlace(Path scratch) {
        this.scratch = scratch;
    }

    public static void needTmux() {
        boolean installed = installed();
        assumeTrue(installed || Boolean.getBoolean("trails.test.requireTools"), "tmux is not installed");
        assertThat(installed).as("tmux is installed").isTrue();
    }

    private static boolean installed() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, "tmux"))) return true;
        }
        return false;
    }

    public String serverId() {
        return serverId;
    }

    public synchronized Sandbox session(Map<String, String> environment) {
        try {
            String name = "s" + ++sessions;
            Path own = Files.createDirectories(scratch.resolve("own").resolve(name));
            Path work = Files.createDirectories(scratch.resolve("work"));
            SandboxProvider host = ServiceLoader.load(Provider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(provider -> provider.id().equals("host"))
                    .map(SandboxProvider.class::cast)
                    .findFirst()
                    .orElseThrow();
            SandboxRequest request = SandboxRequest.builder(
                            name + "-" + serverId, new HostDirectory(work.toRealPath()), own.toRealPath())
                    .environment(environment)
                    .build();
            Sandbox sandbox = host.create(host.plan(request), request);
            sandboxes.add(sandbox);
            return sandbox;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Sandbox session() {
        return session(System.getenv());
    }

    public static Path runtimeBase() throws IOException {
        Path probe = Files.createTempFile("uid", "");
        try {
            return Path.of("/tmp/trails-" + Files.getAttribute(probe, "unix:uid"));
        } finally {
            Files.delete(probe);
        }
    }

    public Path directory() throws IOException {
        return runtimeBase().resolve(serverId);
    }

    /** Runs tmux on the server as a person would. */
    public ExecResult tmux(String... words) throws IOException {
        var argv = new ArrayList<String>(List.of("tmux", "-S", directory() + "/t.sock"));
        argv.addAll(List.of(words));
        return session().exec(Command.of(argv).timeout(Duration.ofSeconds(10)));
    }

    @Override
    public void close() throws IOException {
        tmux("kill-server");
        for (Sandbox sandbox : sandboxes) {
            sandbox.stop();
            sandbox.close();
        }
        Path directory = directory();
        if (!Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
