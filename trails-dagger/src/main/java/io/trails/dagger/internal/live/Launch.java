package io.trails.dagger.internal.live;

import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.graph.ServiceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts one program as a service. */
record Launch(
        LiveContainer container,
        LiveWorkspace workspace,
        EngineConnection engine,
        Connector connector,
        LiveCommand command) {
    private static final Duration SERVICE = Duration.ofMinutes(2);
    private static final Duration CALLS = Duration.ofSeconds(30);

    LiveProgram start(String name, Runnable whenGone) {
        Reception reception = reception(name);
        boolean runs = false;
        try {
            String nonce = UUID.randomUUID().toString();
            var line = new HostLine(engine, reception, nonce, command.secrets());
            Leaf<ServiceId> start = line.into(container(nonce), container.owner())
                    .asService(arguments(line), false)
                    .start();
            var service = new EngineService(engine, engine.ask(SERVICE, start).get(start));
            try {
                LiveProgram program = new Handshake(name, command, reception, service, CALLS).await(() -> {
                    try {
                        reception.close();
                    } finally {
                        whenGone.run();
                    }
                });
                runs = true;
                return program;
            } finally {
                if (!runs) service.stop();
            }
        } finally {
            if (!runs) reception.close();
        }
    }

    private Reception reception(String name) {
        return connector.route() == Connector.Route.UNIX
                ? Reception.unix(container.directory(), name)
                : Reception.tcp(name);
    }

    private ContainerStep container(String nonce) {
        ContainerStep step = workspace.mount(container.over(container.root())).withEnvVariable("TRAILS_OP", nonce);
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            step = step.withEnvVariable(variable.getKey(), variable.getValue());
        }
        step = Scripts.BRIDGE.in(step);
        if (connector.name().equals("perl")) return Scripts.PERL.in(step);
        return connector.name().equals("python") ? Scripts.PYTHON.in(step) : step;
    }

    private List<String> arguments(HostLine line) {
        var arguments = new ArrayList<>(List.of("/bin/sh", Scripts.BRIDGE.path(), connector.name(), connector.tool()));
        arguments.addAll(List.of(
                line.address(connector),
                Scripts.FOLDER,
                command.directory(),
                command.bounds().limits()));
        arguments.addAll(command.argv());
        return arguments;
    }
}
