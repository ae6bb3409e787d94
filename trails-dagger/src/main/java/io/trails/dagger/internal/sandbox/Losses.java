package io.trails.dagger.internal.sandbox;

import io.trails.Reason;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.Graph;
import io.trails.spi.SandboxNotice.Kind;

/** Finds out whether an engine still has a session's container, and tells when it has not. Thread-safe. */
final class Losses {
    private final Surroundings with;
    private final Object lock = new Object();
    private long told;

    Losses(Surroundings with) {
        this.with = with;
    }

    /** Tells of the loss of a connection, once for each, whoever notices first. */
    void tell(long generation, String why) {
        synchronized (lock) {
            if (told == generation) return;
            told = generation;
        }
        with.tell(
                Kind.LOST,
                Reason.of(
                        "dagger.engine-lost",
                        "The session's container is gone: " + why + ". Its files are those that came back",
                        "it is made anew when it is next needed"));
    }

    /** Whether the engine still has what the container was. */
    boolean isThere(Situation known) {
        try {
            var frame = Graph.container(known.container().frame()).id();
            var root = Graph.directory(known.root()).sync();
            Answers answers = known.engine().ask(with.patience(), frame, root);
            return !answers.get(root).value().isEmpty();
        } catch (GraphException gone) {
            return false;
        }
    }

    /** Whether the engine answers at all: one that began anew may refuse all that a session of the one before it asks. */
    boolean answers(EngineConnection engine) {
        try {
            var empty = Graph.directory().id();
            return !engine.ask(with.patience(), empty).get(empty).value().isEmpty();
        } catch (GraphException refused) {
            return false;
        }
    }

    /** Whether the engine still answered, and what it answered showed that it knows the session no more. */
    static boolean isRefusal(EngineLostException lost) {
        for (Throwable cause = lost.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GraphException) return true;
        }
        return false;
    }
}
