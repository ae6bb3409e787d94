package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.internal.host.cgroup.Delegation;
import io.trails.internal.host.cgroup.SessionGroup;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against the kernel. Runs where this JVM was started in a delegated group, or where the system property
 * {@code trails.test.cgroupParent} names one; skipped elsewhere.
 */
class HostCgroupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private HostFixture host;

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getProperty("trails.test.cgroupParent"))
                .map(Path::of);
    }

    private static SandboxSettings settings() {
        return named().map(SandboxSettings.none()::withCgroupParent).orElse(SandboxSettings.none());
    }

    @BeforeEach
    void delegated() {
        Delegation delegation = Delegation.find(Path.of("/proc"), named());
        boolean all =
                delegation.keeps(Kind.MEMORY) && delegation.keeps(Kind.PROCESSES) && delegation.keeps(Kind.CPU_SHARE);
        assumeTrue(
                all,
                () -> "No delegated control group: " + delegation.obstacle().message());
    }

    @AfterEach
    void remove() {
        if (host == null) return;
        host.close();
        RemovalReport report =
                host.provider.remove(host.plan, RemovalPolicy.safe().endingProcesses());
        assertThat(report.kept()).isEmpty();
        assertThat(group()).doesNotExist();
    }

    private HostFixture open(Limits.Builder limits) throws IOException {
        host = new HostFixture(folder, limits.build(), System.getenv(), settings(), new HostSandboxProvider());
        return host;
    }

    private Path group() {
        return Path.of(host.plan.get("group"));
    }

    private String kernel(String file) throws IOException {
        return Files.readString(group().resolve(file)).strip();
    }

    private ExecResult sh(String script) {
        return host.sandbox.exec(Command.of("sh", "-c", script).timeout(PATIENCE));
    }

    private void assertDeclaredEnforced() {
        assertThat(host.provider.enforcement(host.request.limits(), NetworkPolicy.open(), settings()))
                .extracting(Enforcement::level)
                .containsOnly(Level.ENFORCED);
    }

    @Test
    void a_command_is_inside_from_its_first_instruction_with_its_arguments_untouched() throws IOException {
        open(Limits.builder().memory(1 << 28).openFiles(64));
        assertDeclaredEnforced();
        assertThat(sh("cat /proc/self/cgroup; ulimit -n").stdout().text())
                .contains("/" + group().getFileName() + "\n")
                .endsWith("\n64\n");
        ExecResult result = host.sandbox.exec(Command.of("printf", "[%s]", "a b'\"$", "", "-n"));
        assertThat(result.stdout().text()).isEqualTo("[a b'\"$][][-n]");
        assertThat(sh("exit 7").exitCode()).isEqualTo(7);
        assertThat(sh("kill -9 $$")).satisfies(killed -> {
            assertThat(killed.status()).isEqualTo(Status.EXITED);
            assertThat(killed.exitCode()).isEqualTo(137);
        });
    }

    @Test
    void the_kernel_has_the_limits() throws IOException {
        open(Limits.builder().memory(1 << 26).processes(70).cpuShare(1.5));
        assertThat(kernel("memory.max")).isEqualTo(Integer.toString(1 << 26));
        assertThat(kernel("memory.oom.group")).isEqualTo("1");
        assertThat(kernel("pids.max")).isEqualTo("70");
        assertThat(kernel("cpu.max")).isEqualTo("150000 100000");
    }

    @Test
    void who_needs_too_much_memory_ends_with_the_whole_session_and_is_told_once() throws IOException {
        open(Limits.builder().memory(40_000_000));
        sh("setsid sleep 1000 >/dev/null 2>&1 &");
        // tail keeps a line that never ends.
        ExecResult result = sh("head -c 200000000 /dev/zero | tail; sleep 50");
        assertThat(result.status()).isEqualTo(Status.LIMIT_EXCEEDED);
        assertThat(result.reason().orElseThrow().code()).isEqualTo("limit.memory");
        await().atMost(PATIENCE).until(() -> host.sandbox.usage().processes() == 0);
        await().atMost(PATIENCE).until(() -> !host.breaches.isEmpty());
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> host.breaches.size() == 1);
        assertThat(host.breaches).extracting(Reason::code).containsExactly("limit.memory");
        assertThat(sh("exit 0").ok()).isTrue();
    }

    @Test
    void a_breach_in_the_background_is_told_too() throws IOException {
        open(Limits.builder().memory(40_000_000));
        sh("setsid sh -c 'head -c 200000000 /dev/zero | tail' >/dev/null 2>&1 &");
        await().atMost(PATIENCE).until(() -> !host.breaches.isEmpty());
        assertThat(host.breaches).extracting(Reason::code).containsExactly("limit.memory");
    }

    @Test
    void one_process_too_many_is_refused_and_the_session_goes_on() throws IOException {
        open(Limits.builder().processes(10));
        ExecResult result = sh("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 20 & done; wait");
        assertThat(result.status()).isEqualTo(Status.EXITED);
        assertThat(result.stderr().text()).containsIgnoringCase("fork");
        await().atMost(PATIENCE).until(() -> !host.breaches.isEmpty());
        assertThat(host.breaches).extracting(Reason::code).containsExactly("limit.processes");
        host.sandbox.stop();
        assertThat(sh("exit 0").ok()).isTrue();
    }

    @Test
    void a_share_of_a_processor_is_all_there_is() throws IOException {
        open(Limits.builder().cpuShare(0.2));
        assertDeclaredEnforced();
        long start = System.nanoTime();
        ExecResult result =
                host.sandbox.exec(Command.of("sh", "-c", "while :; do :; done").timeout(Duration.ofSeconds(3)));
        double elapsed = (System.nanoTime() - start) / 1e9;
        assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
        double used = host.sandbox.usage().cpuTime().toNanos() / 1e9;
        assertThat(used).isGreaterThan(0.05).isLessThan(0.2 * elapsed + 0.2);
    }

    @Test
    void who_hides_from_the_process_table_is_still_found_and_stopped() throws IOException {
        open(Limits.builder().processes(50));
        host.script("hide", """
                setsid env -i /bin/sh -c 'sleep 1000 & echo $! > pid' >/dev/null 2>&1 &
                """);
        host.sandbox.exec(Command.of("./hide")).orThrow();
        long hidden = host.awaitPid("pid");
        try (Sandbox another = host.provider.open(host.plan, host.request)) {
            assertThat(another.usage().processes()).isEqualTo(1);
            another.stop();
        }
        await().atMost(PATIENCE).until(() -> !HostFixture.runs(hidden));
    }

    @Test
    void a_program_that_multiplies_without_end_is_held_and_stopped() throws IOException {
        open(Limits.builder().processes(60));
        // Only the limit holds it back: this test runs on machines that keep it. Some shells give up when refused.
        host.script("bomb", "trap '' TERM\nwhile :; do ./bomb & done 2>/dev/null\n");
        host.sandbox.exec(Command.of("./bomb").timeout(Duration.ofSeconds(2)));
        assertThat(host.sandbox.usage().processes()).isLessThanOrEqualTo(60);
        host.sandbox.stop();
        assertThat(host.sandbox.usage().processes()).isZero();
    }

    @Test
    void a_removal_keeps_what_runs_and_takes_groups_below_with_it() throws IOException {
        open(Limits.builder().processes(50));
        sh("setsid sleep 1000 >/dev/null 2>&1 &");
        RemovalReport kept = host.provider.remove(host.plan, RemovalPolicy.safe());
        assertThat(kept.complete()).isFalse();
        assertThat(group()).exists();
        Files.createDirectories(group().resolve("below/deeper"));
        RemovalReport removed =
                host.provider.remove(host.plan, RemovalPolicy.safe().endingProcesses());
        assertThat(removed.complete()).isTrue();
        assertThat(group()).doesNotExist();
        assertThat(host.provider.remove(host.plan, RemovalPolicy.safe())).isEqualTo(RemovalReport.nothing());
    }

    @Test
    void a_group_that_vanished_is_made_again_with_its_limits() throws IOException {
        open(Limits.builder().processes(50));
        assertThat(new SessionGroup(group()).remove()).isTrue();
        assertThat(sh("cat /proc/self/cgroup").stdout().text()).contains("" + group().getFileName());
        assertThat(kernel("pids.max")).isEqualTo("50");
        host.sandbox.close();
        assertThat(new SessionGroup(group()).remove()).isTrue();
        host.provider.open(host.plan, host.request).close();
        assertThat(kernel("pids.max")).isEqualTo("50");
    }

    @Test
    void a_host_that_was_started_elsewhere_makes_the_group_there_and_removes_both() throws IOException {
        open(Limits.builder().processes(50));
        Path gone = group().getParent().resolve("trails-test-gone").resolve(group().getFileName());
        Plan moved = host.plan.with("group", gone.toString());
        try (Sandbox here = host.provider.open(moved, host.request)) {
            assertThat(here.exec(Command.of("cat", "/proc/self/cgroup"))
                            .stdout()
                            .text())
                    .doesNotContain("gone");
        }
        host.provider.remove(moved, RemovalPolicy.safe());
        assertThat(group()).doesNotExist();
    }

    @Test
    void creating_again_after_a_crash_adopts_the_group() throws IOException {
        open(Limits.builder().processes(50));
        host.provider.create(host.plan, host.request).close();
        assertThat(group()).exists();
        assertThatThrownBy(() -> Files.createDirectory(group())).isInstanceOf(IOException.class);
    }
}
