package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Mode;
import io.trails.ModeAdvice;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.TerminalCapability;
import io.trails.Trails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalChoiceTest {
    private static final SessionSpec SPEC =
            SessionSpec.named("choice").mode(Mode.DIRECT).build();

    @TempDir
    Path project;

    @Test
    void direct_mode_prefers_tmux_where_it_can_be_used() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/tmux")) || Boolean.getBoolean("trails.test.requireTools"),
                "tmux is not installed");
        try (Trails trails = Trails.create(project)) {
            assertThat(terminal(trails.advise(SPEC))).isEqualTo("tmux");
            Session session = trails.open(SPEC);
            assertThat(session.terminal().capabilities()).contains(TerminalCapability.TTY, TerminalCapability.ATTACH);
            assertThat(session.terminal().run("tty", Duration.ofSeconds(20)).ok())
                    .isTrue();
            session.remove(RemovalPolicy.safe().endingProcesses());
        }
    }

    @Test
    void without_tmux_it_takes_headless_and_says_why() throws Exception {
        Path empty = Files.createDirectory(project.resolve("empty"));
        var environment = new HashMap<>(System.getenv());
        environment.put("PATH", empty.toString());
        try (Trails trails = Trails.builder(project).environment(environment).build()) {
            ModeAdvice advice = trails.advise(SPEC);
            assertThat(terminal(advice)).isEqualTo("headless");
            assertThat(advice.explain())
                    .contains("There is no tmux on the PATH")
                    .contains("Install tmux 3.0 or newer");
        }
    }

    private static String terminal(ModeAdvice advice) {
        return advice.best().orElseThrow().composition().orElseThrow().terminal();
    }
}
