package io.trails.dagger.internal.live;

import io.trails.TrailsException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.ExecFailure;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.graph.Leaf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds out, by trying, what a session's image has that connects to the host. Thread-safe. */
final class Connectors {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LiveContainer container;
    private volatile @Nullable Connector known;

    Connectors(LiveContainer container) {
        this.container = container;
    }

    /**
     * The one that worked before, or the first that works.
     *
     * @throws TrailsException {@code dagger.start-unsupported} if none does
     */
    Connector find(EngineConnection engine, DirectoryId root) {
        Connector before = known;
        if (before != null) return before;
        Connector found = first(engine, root);
        known = found;
        return found;
    }

    /** The one that worked before did not. */
    void forget() {
        known = null;
    }

    private Connector first(EngineConnection engine, DirectoryId root) {
        try (Reception reception = Reception.unix(container.directory(), container.key())) {
            Optional<Connector> unix = probe(engine, root, reception, Connector.Route.UNIX);
            if (unix.isPresent()) return unix.get();
        }
        try (Reception reception = Reception.tcp(container.key())) {
            Optional<Connector> tcp = probe(engine, root, reception, Connector.Route.TCP);
            if (tcp.isPresent()) return tcp.get();
        }
        throw new TrailsException(
                "dagger.start-unsupported",
                "The image of the session has nothing that connects a running program to the host; add perl, python3, socat, a"
                        + " netcat or bash to it, or run commands to their end");
    }

    private Optional<Connector> probe(
            EngineConnection engine, DirectoryId root, Reception reception, Connector.Route route) {
        String nonce = UUID.randomUUID().toString();
        var line = new HostLine(engine, reception, nonce, Map.of());
        ContainerStep step = container.over(root).withEnvVariable("TRAILS_OP", nonce);
        for (Scripts script : List.of(Scripts.PERL, Scripts.PYTHON)) step = script.in(step);
        var args = new ArrayList<>(List.of("/bin/sh", "-c", Scripts.PROBE.text(), "trails"));
        args.add(route == Connector.Route.UNIX ? "unix" : "tcp");
        args.add(Scripts.FOLDER);
        args.addAll(line.place());
        Leaf<String> said = line.into(step, container.owner())
                .withExec(ExecOptions.of(args))
                .stdout();
        String[] lines = ask(engine, said).split("\n", -1);
        if (lines.length < 2 || !lines[0].matches("[A-Za-z-]{1,20}") || lines[1].isBlank()) return Optional.empty();
        return Optional.of(new Connector(lines[0], lines[1], route));
    }

    private static String ask(EngineConnection engine, Leaf<String> said) {
        try {
            return engine.ask(PATIENCE, said).get(said);
        } catch (ExecFailure e) {
            throw new TrailsException(
                    "dagger.start-unsupported",
                    "The image of the session has no shell /bin/sh that could start a program",
                    e);
        }
    }
}
