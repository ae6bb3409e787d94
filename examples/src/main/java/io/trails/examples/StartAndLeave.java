package io.trails.examples;

import io.trails.Mode;
import io.trails.RecordingOptions;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.TerminalCapability;
import io.trails.Trails;
import java.nio.file.Path;

/** Gives an agent a task and ends. Where there is tmux, the agent goes on; {@link ComeBack} finds it again. */
public final class StartAndLeave {
    static final String SESSION = "long-task";

    private StartAndLeave() {}

    /** Starts the agent in the directory that the argument names, or in the current one. */
    public static void main(String[] args) {
        Path project = Path.of(args.length > 0 ? args[0] : "").toAbsolutePath();
        SessionSpec spec = SessionSpec.named(SESSION)
                .agent("demo")
                .mode(Mode.DIRECT)
                .recording(RecordingOptions.output()) // from the first byte on, also while no host runs
                .build();
        try (Trails trails = DemoAgent.trails(project)) {
            System.out.println(trails.advise(spec).explain());
            Session session = trails.open(spec);
            session.agent().submit("tidy up the tests");
            boolean stays = session.agent().terminal().capabilities().contains(TerminalCapability.SURVIVES_HOST);
            System.out.println(stays ? "The agent works. This program ends now." : "The agent ends with this program.");
        } // lets go of the session; what can outlive the host goes on
    }
}
