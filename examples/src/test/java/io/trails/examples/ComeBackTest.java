package io.trails.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.ProviderInfo;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComeBackTest {
    @TempDir
    Path project;

    @BeforeEach
    void tmux_can_be_used() {
        try (Trails trails = Trails.create(project)) {
            boolean usable = trails.providers().stream()
                    .filter(provider -> provider.id().equals("tmux"))
                    .anyMatch(provider -> provider.status() == ProviderInfo.Status.USABLE);
            assumeTrue(usable || Boolean.getBoolean("trails.test.requireTools"), "tmux is not usable here");
            assertThat(usable).as("tmux is usable").isTrue();
        }
    }

    @Test
    void an_agent_goes_on_while_no_host_is_there_and_is_found_again() throws Exception {
        assertThat(inAnotherJvm(StartAndLeave.class)).contains("The agent works. This program ends now.");

        assertThat(inAnotherJvm(ComeBack.class))
                .contains(
                        "It is IDLE (demo>)",
                        "* done: tidy up the tests",
                        "bytes while no host was there",
                        "Halfway it showed:",
                        "To join it: ",
                        "attach-session");
        try (var recordings = Files.list(project.resolve(".trails/recordings"))) {
            assertThat(recordings)
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().startsWith("{\"version\":3"));
        }
    }

    private String inAnotherJvm(Class<?> program) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(project, "printed", ".txt");
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        project.toString()))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        String text = Files.readString(printed);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
