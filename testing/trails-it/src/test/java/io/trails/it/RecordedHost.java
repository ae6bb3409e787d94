package io.trails.it;

import io.trails.Mode;
import io.trails.RecordingOptions;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Trails;
import io.trails.spi.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;

/**
 * A host that removes a session with a recorded terminal of tmux, and is killed with -9 at the n-th step of that. Arguments:
 * project, n. It prints how many steps there are if it survives.
 */
final class RecordedHost {
    static final String SESSION = "work";
    static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();
    private static final Mode MODE = Mode.named("crash")
            .workspaces("in-place")
            .sandboxes("host")
            .terminals("crash.tmux")
            .build();

    private RecordedHost() {}

    public static void main(String[] args) {
        var steps = new CrashSteps();
        try (Trails trails = trails(Path.of(args[0]), steps)) {
            Session session = trails.open(SessionSpec.named(SESSION)
                    .mode(MODE)
                    .recording(RecordingOptions.output())
                    .build());
            session.terminal().run("echo of value", Duration.ofSeconds(30)).orThrow();
            steps.arm(Integer.parseInt(args[1]));
            session.remove(ENDING);
            System.out.println(steps.reached());
        }
    }

    /** The terminals of tmux under another name, with steps. */
    static Trails trails(Path project, CrashSteps steps) {
        var builder =
                Trails.builder(project).settings(Settings.empty()).mode(MODE).clock(steps.clock());
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            if (provider.id().equals("tmux")) builder.provider(CrashingProvider.of(provider, "crash.tmux", steps));
        }
        return builder.build();
    }
}
