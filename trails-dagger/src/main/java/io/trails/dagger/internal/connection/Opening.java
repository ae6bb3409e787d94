package io.trails.dagger.internal.connection;

import io.trails.dagger.internal.graph.Introspection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Makes a connection, or leaves nothing. Single-threaded. */
final class Opening {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final EngineChoice choice;
    private final long generation;
    private final Consumer<EngineLoss> listener;
    private final Redaction redaction = new Redaction();
    private final Countdown time;

    Opening(Map<String, String> environment, EngineChoice choice, long generation, Consumer<EngineLoss> listener) {
        this.environment = environment;
        this.choice = choice;
        this.generation = generation;
        this.listener = listener;
        time = Countdown.of(choice.startTimeout());
    }

    /** @throws EngineUnavailableException if there is no engine to be had */
    EngineConnection open() throws InterruptedException {
        Optional<SessionAddress> given = GivenSession.of(environment, choice);
        if (given.isPresent()) return connected(given.get(), Optional.empty());
        Path program = DaggerProgram.find(choice, environment);
        // The program itself would try for ten minutes to reach an engine that is not there.
        Duration look = time.left().compareTo(LOOK) < 0 ? time.left() : LOOK;
        if (new EngineLook(environment, choice, look).look() instanceof EngineStanding.Unusable not)
            throw new EngineUnavailableException(not.reason(), null);
        return started(program);
    }

    private EngineConnection started(Path program) throws InterruptedException {
        DaggerSession session;
        try {
            session = DaggerSession.start(program, ChildEnvironment.of(environment, choice), redaction, name());
        } catch (IOException e) {
            throw new EngineUnavailableException(Reasons.cliNotExecutable(program), e);
        }
        boolean open = false;
        try {
            EngineConnection connection = connected(session.address(time.left()), Optional.of(session));
            open = true;
            return connection;
        } catch (TimeoutException e) {
            throw new EngineUnavailableException(Reasons.startTimeout(choice, session.words("")), e);
        } finally {
            if (!open) session.kill();
        }
    }

    private EngineConnection connected(SessionAddress address, Optional<DaggerSession> session)
            throws InterruptedException {
        var wire = new Wire(address, name());
        boolean open = false;
        try {
            Introspection engine = new Handshake(wire, address, redaction, session.isEmpty()).greet(time.left());
            var connection = new EngineConnection(choice, generation, engine, wire, redaction, session, listener);
            open = true;
            return connection;
        } finally {
            if (!open) wire.close();
        }
    }

    private String name() {
        return choice.name() + "-" + generation;
    }
}
