package io.trails.it;

import io.trails.AgentProfile;
import io.trails.Mode;
import io.trails.RecordingOptions;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A host that starts a recorded agent which prints numbered lines, says so, and waits. Argument: project. */
final class RecordingHost {
    static final String SESSION = "recorded";
    static final AgentProfile AGENT = AgentProfile.named(
                    "counter", "sh", "-c", "i=0; while :; do i=$((i + 1)); echo \"line $i\"; sleep 0.01; done")
            .build();

    private RecordingHost() {}

    static Trails trails(Path project) {
        return Trails.builder(project).agent(AGENT).build();
    }

    public static void main(String[] args) throws IOException {
        try (Trails trails = trails(Path.of(args[0]))) {
            var spec = SessionSpec.named(SESSION)
                    .mode(Mode.DIRECT)
                    .agent(AGENT)
                    .recording(RecordingOptions.output())
                    .build();
            trails.open(spec).agent().terminal().await(screen -> screen.contains("line 20"), Duration.ofSeconds(30));
            System.out.println("recording");
            if (System.in.read() >= 0) System.exit(0);
        }
    }
}
