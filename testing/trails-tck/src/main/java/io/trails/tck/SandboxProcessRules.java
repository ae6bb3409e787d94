package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.ExecResult;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsInterruptedException;
import io.trails.Usage;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The rules of a sandbox about the life and death of processes. */
abstract class SandboxProcessRules extends SandboxMarkRules {
    /** Leaves a process in the background that outlives its shell, and one that left group and session where it can. */
    private static final String FAMILY = """
            sleep 300 >/dev/null 2>&1 </dev/null & echo $! > pids/child
            if command -v setsid >/dev/null; then
              (setsid sh -c 'echo $$ > pids/runaway; exec sleep 300' >/dev/null 2>&1 </dev/null &)
              until [ -s pids/runaway ]; do :; done
            fi
            """;

    SandboxProcessRules() {}

    private static void assertNobodyLives(SandboxLife life) {
        List<String> pids = life.sh("cat pids/*").lines().toList();
        assertThat(pids).isNotEmpty();
        for (String pid : pids) {
            Patience.until("end of process " + pid + " of " + pids, () -> !life.isAlive(pid));
        }
    }

    private SandboxLife withFamilyFolder(SandboxLife life) {
        life.sh("mkdir -p pids");
        return life;
    }

    private SandboxLife withBackground(String session) throws IOException {
        assumeCapability(SandboxCapability.BACKGROUND);
        SandboxLife life = withFamilyFolder(created(session));
        life.sh("sleep 300 >/dev/null 2>&1 </dev/null & echo $! > pids/child");
        assertThat(life.isAlive(life.sh("cat pids/child")))
                .as("what was left in the background")
                .isTrue();
        return life;
    }

    @Test
    @Rule("S-04")
    final void after_its_timeout_a_command_is_ended_with_every_descendant() throws Exception {
        SandboxLife life = withFamilyFolder(created("timeout"));
        ExecResult result = Patience.call(
                "timed out command",
                Patience.limit(),
                () -> life.sandbox()
                        .exec(SandboxLife.script(FAMILY + "echo $$ > pids/self; echo ready; sleep 300")
                                .timeout(Duration.ofSeconds(2))));
        assertThat(result.status()).isEqualTo(ExecResult.Status.TIMED_OUT);
        assertThat(result.stdout().text()).contains("ready");
        assertNobodyLives(life);
    }

    @Test
    @Rule("S-08")
    final void a_breach_of_the_wall_clock_ends_the_command() throws Exception {
        var limits = Limits.builder().wallClock(Duration.ofSeconds(2)).build();
        assumeFalse(isRefused(limits, NetworkPolicy.open()), "the provider refuses WALL_CLOCK");
        SandboxLife life = withFamilyFolder(created(request("wall-clock").limits(limits)));
        ExecResult result = Patience.call(
                "breaching command",
                Patience.limit(),
                () -> life.sandbox().exec(SandboxLife.script("echo $$ > pids/self; sleep 300")));
        assertThat(result.status()).isIn(ExecResult.Status.LIMIT_EXCEEDED, ExecResult.Status.EXITED);
        assertThat(result.ok()).isFalse();
        assertNobodyLives(life);
    }

    @Test
    @Rule("S-08")
    final void a_breach_of_processor_time_ends_the_command() throws Exception {
        var limits = Limits.builder().cpuTime(Duration.ofSeconds(1)).build();
        assumeFalse(isRefused(limits, NetworkPolicy.open()), "the provider refuses CPU_TIME");
        SandboxLife life = withFamilyFolder(created(request("cpu-time").limits(limits)));
        ExecResult result = Patience.call(
                "breaching command",
                Patience.limit(),
                () -> life.sandbox().exec(SandboxLife.script("echo $$ > pids/self; while :; do :; done")));
        assertThat(result.status()).isIn(ExecResult.Status.LIMIT_EXCEEDED, ExecResult.Status.EXITED);
        assertThat(result.ok()).isFalse();
        assertNobodyLives(life);
    }

    @Test
    @Rule("S-09")
    final void stop_ends_every_process_of_the_session_and_no_other() throws Exception {
        SandboxLife life = withBackground("stop");
        SandboxLife other = withBackground("bystander");
        String bystander = other.sh("sleep 300 >/dev/null 2>&1 </dev/null & echo $!");
        Process stranger =
                new ProcessBuilder("sleep", "300").directory(project().toFile()).start();
        try {
            life.sh(FAMILY);
            life.sandbox().stop();
            assertNobodyLives(life);
            assertThat(other.isAlive(bystander))
                    .as("process of another session")
                    .isTrue();
            assertThat(stranger.isAlive()).as("process of nobody's session").isTrue();
            life.use();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    @Rule("S-09")
    final void stop_ends_what_another_instance_started() throws IOException {
        SandboxLife life = withBackground("reopened");
        life.open();
        life.sandbox().stop();
        assertNobodyLives(life);
    }

    @Test
    @Rule({"S-09", "S-10"})
    final void what_a_killed_jvm_started_is_counted_and_ended() throws Exception {
        assumeCapability(SandboxCapability.BACKGROUND);
        SandboxLife life = life("killed");
        try (var jvm = ForeignJvm.withSandbox(
                provider(), life, "mkdir -p pids; sleep 300 >/dev/null 2>&1 </dev/null & echo $! > pids/child")) {
            jvm.awaitReady();
            jvm.kill();
        }
        life.open();
        String pid = life.sh("cat pids/child");
        assertThat(life.isAlive(pid))
                .as("the background process after kill -9 of its JVM")
                .isTrue();
        assertThat(life.sandbox().usage().processes()).isPositive();
        life.sandbox().stop();
        assertNobodyLives(life);
    }

    @Test
    @Rule("S-10")
    final void usage_counts_the_sessions_processes() throws IOException {
        SandboxLife life = withBackground("usage");
        int one = processes(life);
        assertThat(one).isPositive();
        life.sh("sleep 300 >/dev/null 2>&1 </dev/null &");
        assertThat(processes(life)).isEqualTo(one + 1);
        life.open();
        assertThat(processes(life)).as("seen by another instance").isEqualTo(one + 1);
        life.sandbox().stop();
        assertThat(processes(life)).as("after stop").isZero();
    }

    private static int processes(SandboxLife life) {
        Usage usage = life.sandbox().usage();
        assertThat(usage.memoryBytes()).isNotNegative();
        return usage.processes();
    }

    @Test
    @Rule("S-11")
    final void an_interrupt_ends_the_command_with_its_descendants() throws Exception {
        SandboxLife life = withFamilyFolder(created("interrupt"));
        var outcome = new AtomicReference<Throwable>();
        Thread thread = Patience.start(() -> {
            try {
                life.sandbox()
                        .exec(SandboxLife.script(FAMILY + "echo $$ > pids/self; sleep 300")
                                .timeout(Duration.ofMinutes(5)));
            } catch (TrailsInterruptedException e) {
                outcome.set(e);
            }
        });
        Patience.until(
                "start of the command",
                () -> life.sh("cat pids/self 2>/dev/null || :").length() > 0);
        thread.interrupt();
        thread.join(Patience.limit().toMillis());
        assertThat(thread.isAlive()).as("still executing").isFalse();
        assertThat(outcome.get()).isInstanceOf(TrailsInterruptedException.class);
        assertNobodyLives(life);
    }

    @Test
    @Rule("S-13")
    final void closing_leaves_the_background_running() throws IOException {
        SandboxLife life = withBackground("close");
        String pid = life.sh("cat pids/child");
        life.sandbox().close();
        life.sandbox().close();
        life.open();
        assertThat(life.isAlive(pid)).isTrue();
    }

    @Test
    @Rule("S-13")
    final void what_writes_in_the_background_goes_on() throws IOException {
        assumeCapability(SandboxCapability.BACKGROUND);
        assumeProc();
        SandboxLife life = withFamilyFolder(created("writing"));
        life.sh("(sleep 1; echo soon; sleep 1; echo late && echo $$ > pids/wrote) & echo main");
        Patience.until(
                "end of what writes in the background",
                () -> life.sh("cat pids/wrote 2>/dev/null || :").length() > 0);
    }

    @Test
    @Rule("S-15")
    final void opening_ends_what_a_killed_jvm_was_running() throws Exception {
        assumeCapability(SandboxCapability.STREAMS);
        assumeProc();
        SandboxLife life = life("orphans");
        try (var jvm = ForeignJvm.withSandbox(
                provider(),
                life,
                "mkdir -p pids",
                "sleep 300 >/dev/null 2>&1 & echo $! > pids/child; echo $$ > pids/self; echo up; wait")) {
            jvm.awaitReady();
            jvm.kill();
        }
        life.open();
        assertNobodyLives(life);
    }

    private static void assumeProc() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "the rule holds where there is /proc");
    }

    @Test
    @Rule("S-14")
    final void removing_keeps_a_session_with_living_processes_unless_told_to_end_them() throws IOException {
        SandboxLife life = withBackground("remove");
        String pid = life.sh("cat pids/child");
        RemovalReport safe = life.remove(RemovalPolicy.safe());
        assertThat(safe.kept()).as("kept while a process lives").isNotEmpty();
        assertThat(life.isAlive(pid)).isTrue();
        RemovalReport ending = life.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(ending.kept()).isEmpty();
        SandboxLife observer = created("observer");
        Patience.until("end of process " + pid, () -> !observer.isAlive(pid));
    }
}
