package io.trails.dagger.internal.live;

import io.trails.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs bridges as processes of the host instead of containers. Ends them all when closed. */
final class HostBridge implements AutoCloseable {
    private final Path folder;
    private final List<String> shell;
    private final Connector connector;
    private final List<Process> bridges = new ArrayList<>();
    private int programs;

    HostBridge(Path folder, List<String> shell, Connector connector) throws IOException {
        this.folder = folder;
        this.shell = shell;
        this.connector = connector;
        for (Scripts script : Scripts.values()) {
            Files.writeString(
                    folder.resolve(Path.of(script.path()).getFileName().toString()), script.text());
        }
    }

    /** A program that has started, with what tells that its service is gone. */
    record Started(LiveProgram program, CountDownLatch gone, Process bridge) {}

    static LiveCommand command(Path directory, String... argv) {
        return new LiveCommand(
                List.of(argv), Map.of(), Map.of(), directory.toString(), Input.none(), LiveBounds.none());
    }

    static LiveCommand with(LiveCommand command, Input stdin) {
        return new LiveCommand(
                command.argv(), command.environment(), command.secrets(), command.directory(), stdin, command.bounds());
    }

    static LiveCommand with(LiveCommand command, LiveBounds bounds) {
        return new LiveCommand(
                command.argv(), command.environment(), command.secrets(), command.directory(), command.stdin(), bounds);
    }

    static LiveCommand with(LiveCommand command, Map<String, String> environment) {
        return new LiveCommand(
                command.argv(), environment, command.secrets(), command.directory(), command.stdin(), command.bounds());
    }

    Started start(LiveCommand command) throws IOException {
        String name = "bridge-" + ++programs;
        try (Reception reception =
                connector.route() == Connector.Route.UNIX ? Reception.unix(folder, name) : Reception.tcp(name)) {
            Process bridge = launch(command, reception);
            var gone = new CountDownLatch(1);
            var service = new ProcessService(bridge);
            var handshake = new Handshake(name, command, reception, service, Duration.ofSeconds(30));
            return new Started(handshake.await(gone::countDown), gone, bridge);
        }
    }

    private Process launch(LiveCommand command, Reception reception) throws IOException {
        String socket = reception.socket().map(Path::toString).orElse("");
        String address = connector.address(socket, "127.0.0.1", socket.isEmpty() ? reception.port() : 0);
        // Who runs tests in the background of a shell has them ignore interrupts; a container begins anew.
        var args = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT,QUIT"));
        args.addAll(shell);
        args.addAll(List.of(folder.resolve("bridge.sh").toString(), connector.name(), connector.tool(), address));
        args.addAll(
                List.of(folder.toString(), command.directory(), command.bounds().limits()));
        args.addAll(command.argv());
        var builder = new ProcessBuilder(args).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("bridge.log").toFile());
        builder.environment().put("TRAILS_TOKEN", reception.token());
        builder.environment().put("TRAILS_OP", "nonce");
        builder.environment().putAll(command.environment());
        Process bridge = builder.start();
        bridges.add(bridge);
        return bridge;
    }

    @Override
    public void close() {
        for (Process bridge : bridges) end(bridge);
    }

    private static void end(Process bridge) {
        bridge.descendants().forEach(ProcessHandle::destroyForcibly);
        bridge.destroyForcibly();
    }

    private record ProcessService(Process bridge) implements LiveService {
        @Override
        public boolean isLost() {
            return false;
        }

        @Override
        public boolean stop() {
            try {
                if (!bridge.waitFor(10, TimeUnit.SECONDS)) end(bridge);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
    }

    static Optional<Path> tool(String name) {
        for (String directory : List.of("/usr/local/bin", "/usr/bin", "/bin")) {
            Path tool = Path.of(directory, name);
            if (Files.isExecutable(tool)) return Optional.of(tool);
        }
        return Optional.empty();
    }
}
