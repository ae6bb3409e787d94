package io.trails.dagger.internal.connection;

import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service of this machine in which an engine runs, or will run, as a container.
 *
 * @param scheme such as {@code image}, {@code container+podman} or {@code docker-container}
 * @param name of the image or container
 */
record ContainerService(String scheme, String name) {
    /** In the order in which the Dagger CLI tries them. */
    private static final List<String> PROGRAMS = List.of("docker", "container", "podman", "finch", "nerdctl");

    EngineStanding look(String version, Map<String, String> environment, Countdown time) throws InterruptedException {
        Map<String, Path> present = new LinkedHashMap<>();
        for (String program : programs())
            DaggerProgram.onPath(program, environment).ifPresent(path -> present.put(program, path));
        if (present.isEmpty()) {
            return new EngineStanding.Unusable(Reasons.unreachable(
                    scheme + "://" + name, "there is no program " + String.join(", ", programs()) + " on the PATH"));
        }
        // As the CLI does: the first one that is there decides.
        Map.Entry<String, Path> first = present.entrySet().iterator().next();
        Optional<Reason> against = problem(first.getKey(), first.getValue(), environment, time);
        if (against.isPresent()) return new EngineStanding.Unusable(against.get());
        return new EngineStanding.Usable(version, false);
    }

    private List<String> programs() {
        if (scheme.startsWith("docker-")) return List.of("docker");
        int plus = scheme.indexOf('+');
        if (plus < 0) return PROGRAMS;
        String backend = scheme.substring(plus + 1);
        return List.of(backend.equals("apple") ? "container" : backend);
    }

    private Optional<Reason> problem(String program, Path path, Map<String, String> environment, Countdown time)
            throws InterruptedException {
        // The other one has no such command, and says by itself what is wrong.
        if (program.equals("container")) return Optional.empty();
        Optional<Reason> daemon = failing(program, List.of(path.toString(), "version"), environment, time);
        if (daemon.isPresent() || !scheme.contains("container")) return daemon;
        return failing(
                program,
                List.of(path.toString(), "container", "inspect", "--format", "{{.Id}}", name),
                environment,
                time);
    }

    private Optional<Reason> failing(
            String program, List<String> command, Map<String, String> environment, Countdown time)
            throws InterruptedException {
        try {
            Optional<ShortRun> run = ShortRun.of(command, environment, time.left());
            if (run.isEmpty()) return Optional.of(Reasons.hung(program, ""));
            if (run.get().exitCode() == 0) return Optional.empty();
            Optional<Reason> denied = program.equals("docker") ? deniedSocket(environment) : Optional.empty();
            return denied.or(() -> Optional.of(Reasons.unreachable(
                    scheme + "://" + name, program + ": " + run.get().complaint())));
        } catch (IOException e) {
            return Optional.of(Reasons.unreachable(scheme + "://" + name, String.valueOf(e.getMessage())));
        }
    }

    /** The daemon's socket, if it is there and only lacks permission. */
    private static Optional<Reason> deniedSocket(Map<String, String> environment) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty() && !host.startsWith("unix://")) return Optional.empty();
        Path socket = Path.of(host.isEmpty() ? "/var/run/docker.sock" : host.substring("unix://".length()));
        return RunnerHost.access(socket).filter(reason -> reason.code().equals("dagger.permission-denied"));
    }
}
