package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Command;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are looked at through /proc")
class SharedHostTest {
    @TempDir
    Path folder;

    private HostFixture host;

    @BeforeEach
    void open() throws IOException {
        host = new HostFixture(
                folder,
                Limits.builder().set(Kind.OPEN_FILES, 77).build(),
                HostFixture.with(System.getenv(), "OF_SESSION", "1"));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void all_sandboxes_of_a_provider_share_one() throws IOException {
        Sandbox shared = host.sandbox.shared();
        assertThat(host.sandbox.shared()).isSameAs(shared);
        try (Sandbox again = host.provider.open(host.plan, host.request)) {
            assertThat(again.shared()).isSameAs(shared);
        }
        try (Sandbox other = new HostSandboxProvider().open(host.plan, host.request)) {
            assertThat(other.shared()).isNotEqualTo(shared);
        }
    }

    @Test
    void nothing_of_the_session_is_there() {
        String text = host.sandbox
                .shared()
                .exec(Command.of("sh", "-c", "pwd; env; ulimit -n"))
                .orThrow()
                .stdout()
                .text();
        assertThat(text)
                .startsWith("/\n")
                .doesNotContain("TRAILS_", "OF_SESSION")
                .doesNotEndWith("\n77\n");
    }

    @Test
    void a_command_chooses_its_directory_and_variables() {
        Command command = Command.of("sh", "-c", "pwd; echo $TRAILS_SESSION")
                .in(host.home)
                .environment(Map.of("TRAILS_SESSION", "own"));
        assertThat(host.sandbox.shared().exec(command).orThrow().stdout().text())
                .isEqualTo(host.home + "\nown\n");
    }

    @Test
    void what_starts_there_outlives_the_session() throws Exception {
        try (Execution started = host.sandbox.shared().start(Command.of("cat"))) {
            long pid = started.pid().orElseThrow();
            host.sandbox.stop();
            host.sandbox.close();
            assertThat(HostFixture.runs(pid)).isTrue();
            started.stdin().close();
            assertThat(started.onExit().get(20, TimeUnit.SECONDS).exitCode()).isZero();
        }
    }

    @Test
    void what_starts_there_ends_with_the_host() throws Exception {
        Process other = HostFixture.java(HostProgram.class, List.of(), "shared", folder.toString())
                .start();
        try {
            long pid = host.awaitPid("shared");
            other.getOutputStream().close();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(HostFixture.runs(pid)).isFalse();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void what_starts_there_does_not_belong_to_the_session_that_the_host_is_in() throws Exception {
        ProcessBuilder inner = HostFixture.java(HostProgram.class, List.of(), "shared", folder.toString());
        inner.environment().putAll(Map.of("TRAILS_SESSION", "outer", "TRAILS_EXEC", "run", "TRAILS_TERMINAL", "t"));
        Process other = inner.start();
        try {
            long pid = host.awaitPid("shared");
            assertThat(Path.of("/proc", Long.toString(pid), "environ"))
                    .content(StandardCharsets.ISO_8859_1)
                    .contains("PATH=")
                    .doesNotContain("TRAILS_");
        } finally {
            other.getOutputStream().close();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_timeout_ends_a_command() {
        Command command = Command.of("sh", "-c", "sleep 1000 & wait").timeout(Duration.ofMillis(300));
        assertThat(host.sandbox.shared().exec(command).status()).isEqualTo(Status.TIMED_OUT);
    }

    @Test
    void it_is_neither_stopped_nor_closed() {
        Sandbox shared = host.sandbox.shared();
        shared.close();
        assertThatThrownBy(shared::stop)
                .isInstanceOfSatisfying(
                        TrailsException.class, told -> assertThat(told.code()).isEqualTo("sandbox.unsupported"));
        assertThat(shared.exec(Command.of("true")).ok()).isTrue();
        assertThat(shared.usage().processes()).isZero();
        assertThat(shared.usage().caveats()).extracting("code").containsExactly("host.usage-shared");
    }
}
