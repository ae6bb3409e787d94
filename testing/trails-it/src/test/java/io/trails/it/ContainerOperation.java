package io.trails.it;

import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.Execution;
import io.trails.MergeRequest;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Trails;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is done with a session in a container while something is killed. */
enum ContainerOperation {
    OPEN,
    EXEC,
    START,
    EXEC_BESIDE_A_PROGRAM,
    CHECKPOINT,
    RESTORE,
    MERGE,
    REMOVE;

    static final String SESSION = "work";

    /** Finished before anything is killed: one file new, one changed, one removed, one in a new directory. */
    static final String WORK =
            "echo written > written.txt; echo edited >> README.md; rm src/code.txt; mkdir deep; echo deep > deep/file.txt";

    static final String MORE = "echo more > more.txt; echo two >> README.md";

    /** Whether a program runs meanwhile, so that files lie on its volume. */
    boolean isLive() {
        return this == EXEC_BESIDE_A_PROGRAM || this == CHECKPOINT || this == MERGE || this == REMOVE;
    }

    /** Does what goes before it, and gives the operation itself. */
    Runnable prepared(Trails trails) {
        if (this == OPEN) return () -> trails.open(ContainerProject.clean(SESSION));
        Session session = trails.open(ContainerProject.clean(SESSION));
        session.exec("sh", "-c", WORK).orThrow();
        if (isLive()) startProgram(session);
        return switch (this) {
            case EXEC, EXEC_BESIDE_A_PROGRAM -> () -> session.exec("sh", "-c", MORE);
            case START -> () -> startProgram(session);
            case CHECKPOINT -> () -> session.checkpoint("second");
            case RESTORE -> {
                Checkpoint first = session.checkpoint("first");
                session.exec("sh", "-c", "echo later > later.txt; rm written.txt")
                        .orThrow();
                yield () -> {
                    session.restore(first);
                    // Only this asks an engine.
                    session.exec("true");
                };
            }
            case MERGE -> () -> session.merge(MergeRequest.into("main"));
            default -> () -> session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
        };
    }

    private static void startProgram(Session session) {
        Execution program =
                session.start(Command.of("sh", "-c", "echo live > live.txt; echo ready; while read l; do :; done"));
        try {
            var said = new BufferedReader(new InputStreamReader(program.stdout(), StandardCharsets.UTF_8));
            if (!"ready".equals(said.readLine())) throw new IllegalStateException("The program did not start");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
