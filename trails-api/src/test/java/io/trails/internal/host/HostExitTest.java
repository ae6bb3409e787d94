package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.spi.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands end with their host: at once if it exits, when the session is opened again if it was killed. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a killed host ran is told by /proc")
class HostExitTest {
    @TempDir
    Path folder;

    private HostFixture host;
    private Process other;
    private List<Long> running;
    private long background;

    @BeforeEach
    void start() throws IOException {
        host = new HostFixture(folder);
        other = HostFixture.java(HostProgram.class, List.of(), "busy", folder.toString())
                .start();
        running = List.of(host.awaitPid("started"), host.awaitPid("child"), host.awaitPid("executed"));
        background = host.awaitPid("background");
    }

    @AfterEach
    void end() {
        other.destroyForcibly();
        host.close();
    }

    private void open() {
        try (Sandbox opened = host.provider.open(host.plan, host.request)) {
            assertThat(opened.exec(Command.of("true")).ok()).isTrue();
        }
    }

    private void assertOnlyTheBackgroundRuns() {
        await().atMost(Duration.ofSeconds(20)).until(() -> running.stream().noneMatch(HostFixture::runs));
        assertThat(HostFixture.runs(background)).isTrue();
    }

    private void awaitEndOfOther() throws InterruptedException {
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_host_that_exits_ends_its_commands() throws Exception {
        other.getOutputStream().write('\n');
        other.getOutputStream().flush();
        awaitEndOfOther();
        assertThat(running).noneMatch(HostFixture::runs);
        assertThat(HostFixture.runs(background)).isTrue();
    }

    @Test
    void commands_of_a_killed_host_end_when_the_session_is_opened() throws Exception {
        other.destroyForcibly();
        awaitEndOfOther();
        assertThat(running).allMatch(HostFixture::runs);
        open();
        assertOnlyTheBackgroundRuns();
        assertThat(own()).noneMatch(name -> name.startsWith(CommandRecord.PREFIX));
    }

    @Test
    void commands_of_a_living_host_go_on() {
        open();
        assertThat(running).allMatch(HostFixture::runs);
        assertThat(HostFixture.runs(background)).isTrue();
    }

    @Test
    void what_a_command_left_that_outlived_its_host_goes_on() throws Exception {
        other.destroyForcibly();
        awaitEndOfOther();
        long shell = running.get(0);
        long child = running.get(1);
        ProcessHandle.of(shell).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !HostFixture.runs(shell));
        open();
        assertThat(HostFixture.runs(child)).isTrue();
    }

    private List<String> own() {
        String[] names = folder.resolve("own").toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
