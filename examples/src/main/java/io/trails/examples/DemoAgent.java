package io.trails.examples;

import io.trails.AgentProfile;
import io.trails.SecurityPolicy;
import io.trails.Trails;
import java.nio.file.Path;
import java.time.Duration;

/** A small shell script in the place of an agent, so that nothing has to be installed to try the examples. */
final class DemoAgent {
    /** Reads one task per line, works on it for a while, and prompts again. */
    private static final String SCRIPT = """
            printf 'demo> '
            while read -r task; do
              for step in reading thinking writing; do
                printf '\\033[2m* %s\\033[0m\\n' "$step"
                sleep "${DEMO_PACE:-1}"
              done
              printf '\\033[32m* done:\\033[0m %s\\ndemo> ' "$task"
            done
            """;

    private DemoAgent() {}

    static AgentProfile profile() {
        return AgentProfile.named("demo", "sh", "-c", SCRIPT)
                .prompt("^demo> ?$")
                .quiet(Duration.ofMillis(200))
                .build();
    }

    /** The host vouches for its own script; an agent that nobody trusts never works in the project itself unasked. */
    static Trails trails(Path project) {
        return Trails.builder(project)
                .agent(profile())
                .policy(SecurityPolicy.builder().trust("demo").build())
                .build();
    }
}
