package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "elsewhere most of these are refused, which HostSandboxProviderTest shows")
class HostLimitsTest {
    @TempDir
    Path folder;

    private static void assertExceeded(ExecResult result, String code) {
        assertThat(result.status()).isEqualTo(Status.LIMIT_EXCEEDED);
        assertThat(result.reason().orElseThrow().code()).isEqualTo(code);
    }

    private static void assertDeclared(HostFixture host, Kind kind, Level level) {
        List<Enforcement> answers = host.provider.enforcement(host.request.limits(), NetworkPolicy.open());
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.subject()).isEqualTo(kind.name());
            assertThat(answer.level()).isEqualTo(level);
        });
    }

    private static void assertReportedOnce(HostFixture host, String code) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !host.breaches.isEmpty());
        assertThat(host.breaches).extracting(Reason::code).containsExactly(code);
    }

    @Test
    void processor_time_is_enforced() throws IOException {
        Limits limits = Limits.builder().cpuTime(Duration.ofMillis(400)).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.CPU_TIME, Level.ENFORCED);
            ExecResult result = host.sandbox.exec(
                    Command.of("sh", "-c", "while :; do :; done").timeout(Duration.ofMinutes(3)));
            assertExceeded(result, "limit.cpu-time");
            assertReportedOnce(host, "limit.cpu-time");
        }
    }

    @Test
    void file_size_is_enforced() throws IOException {
        Limits limits = Limits.builder().fileSize(10_000).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.FILE_SIZE, Level.ENFORCED);
            assertExceeded(host.sandbox.exec(Command.of("sh", "-c", "exec yes > big")), "limit.file-size");
            assertThat(Files.size(host.home.resolve("big"))).isEqualTo(10_000);
            assertReportedOnce(host, "limit.file-size");
        }
    }

    @Test
    void open_files_are_enforced() throws IOException {
        Limits limits = Limits.builder().openFiles(40).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.OPEN_FILES, Level.ENFORCED);
            assertThat(host.sandbox
                            .exec(Command.of("sh", "-c", "ulimit -n"))
                            .stdout()
                            .text())
                    .isEqualTo("40\n");
        }
    }

    @Test
    void memory_is_monitored() throws IOException {
        Limits limits = Limits.builder().memory(50_000_000).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.MEMORY, Level.MONITORED);
            // tail keeps a line that never ends.
            Command hog = Command.of("sh", "-c", "(head -c 200000000 /dev/zero; sleep 60) | tail")
                    .timeout(Duration.ofSeconds(60));
            assertExceeded(host.sandbox.exec(hog), "limit.memory");
            assertThat(host.sandbox.usage().processes()).isZero();
            assertReportedOnce(host, "limit.memory");
        }
    }

    @Test
    void processes_are_monitored_also_those_in_the_background() throws IOException {
        Limits limits = Limits.builder().processes(20).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.PROCESSES, Level.MONITORED);
            host.script("many", "for i in $(seq 1 30); do setsid sleep 1000 >/dev/null 2>&1 & done\n");
            host.sandbox.exec(Command.of("./many"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> host.sandbox.usage().processes() == 0);
            assertReportedOnce(host, "limit.processes");
        }
    }

    @Test
    void a_program_that_multiplies_is_stopped() throws IOException {
        Limits limits = Limits.builder().processes(40).build();
        try (var host = new HostFixture(folder, limits)) {
            // Two new ones from each, six times: it must come to an end by itself where the limit does not work, since
            // a real fork bomb would take the machine of whoever runs this test with it.
            host.script("multiply", """
                    trap '' TERM
                    n=$1
                    if [ "$n" -gt 0 ]; then
                      ./multiply $((n-1)) & ./multiply $((n-1)) &
                    fi
                    sleep 30
                    """);
            ExecResult result = host.sandbox.exec(Command.of("./multiply", "6").timeout(Duration.ofSeconds(60)));
            assertExceeded(result, "limit.processes");
            assertThat(host.sandbox.usage().processes()).isZero();
        }
    }

    @Test
    void disk_is_monitored() throws IOException {
        Limits limits = Limits.builder().disk(1_000_000).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.DISK, Level.MONITORED);
            assertThat(host.sandbox
                            .exec(Command.of("sh", "-c", "head -c 900000 /dev/zero > fits"))
                            .ok())
                    .isTrue();
            Command hog = Command.of("sh", "-c", "head -c 900000 /dev/zero > more; sleep 60")
                    .timeout(Duration.ofSeconds(60));
            assertExceeded(host.sandbox.exec(hog), "limit.disk");
            assertReportedOnce(host, "limit.disk");
        }
    }

    @Test
    void wall_clock_ends_commands_and_what_they_left_in_the_background() throws IOException {
        Limits limits = Limits.builder().wallClock(Duration.ofMillis(500)).build();
        try (var host = new HostFixture(folder, limits)) {
            assertDeclared(host, Kind.WALL_CLOCK, Level.MONITORED);
            assertExceeded(
                    host.sandbox.exec(Command.of("sleep", "60").timeout(Duration.ofSeconds(50))), "limit.wall-clock");
            assertReportedOnce(host, "limit.wall-clock");
        }
        // Enough to leave something behind on a busy machine.
        Limits longer = Limits.builder().wallClock(Duration.ofSeconds(3)).build();
        try (var host = new HostFixture(folder.resolve("longer"), longer)) {
            host.script("leave", "setsid sleep 1000 >/dev/null 2>&1 & echo $! > pid\n");
            host.sandbox.exec(Command.of("./leave")).orThrow();
            await().atMost(Duration.ofSeconds(20)).until(() -> !HostFixture.runs(host.awaitPid("pid")));
        }
    }

    @Test
    void a_timeout_shorter_than_the_wall_clock_comes_first() throws IOException {
        Limits limits = Limits.builder().wallClock(Duration.ofHours(1)).build();
        try (var host = new HostFixture(folder, limits)) {
            assertThat(host.sandbox
                            .exec(Command.of("sleep", "60").timeout(Duration.ofMillis(50)))
                            .status())
                    .isEqualTo(Status.TIMED_OUT);
            assertThat(host.breaches).isEmpty();
        }
    }

    @Test
    void processes_of_another_sandbox_of_the_session_count() throws IOException {
        try (var unlimited = new HostFixture(folder)) {
            var breaches = new CopyOnWriteArrayList<Reason>();
            SandboxRequest request =
                    HostFixture.request(folder, Limits.builder().processes(1).build(), System.getenv(), breaches);
            try (var watching = unlimited.provider.open(unlimited.plan, request)) {
                assertThat(watching.usage().processes()).isZero();
                unlimited.sandbox.exec(Command.of("sh", "-c", "sleep 1000 >/dev/null 2>&1 & sleep 1000"));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> watching.usage().processes() == 0 && !breaches.isEmpty());
                assertThat(breaches).extracting(Reason::code).containsExactly("limit.processes");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_wrapper_leaves_arguments_and_exit_codes_alone(boolean prlimit) throws Exception {
        Limits limits = Limits.builder()
                .cpuTime(Duration.ofSeconds(30))
                .fileSize(5_000)
                .openFiles(50)
                .build();
        var rlimits = prlimit ? Rlimits.ofThisSystem() : new Rlimits(Optional.empty());
        for (List<String> tail : List.of(
                List.of("/bin/sh", "-c", "exit 7"),
                List.of("/bin/sh", "-c", "kill -9 $$"),
                List.of("/bin/sh", "-c", "[ \"$1\" = \"a b'\\\"$\" ] && [ \"$#\" = 3 ]", "sh", "a b'\"$", "", "-n"),
                List.of("/bin/sh", "-c", "[ $(ulimit -n) = 50 ] && [ $(ulimit -t) = 30 ]"))) {
            var argv = new ArrayList<>(rlimits.prefix(limits));
            argv.addAll(tail);
            int expected = tail.get(2).startsWith("exit") ? 7 : tail.get(2).startsWith("kill") ? 137 : 0;
            assertThat(new ProcessBuilder(argv).start().waitFor()).isEqualTo(expected);
        }
    }

    @Test
    void behind_the_wrapper_a_missing_program_is_still_not_started() throws IOException {
        try (var host = new HostFixture(folder, Limits.builder().openFiles(50).build())) {
            host.script("bad", "#!/no/such/interpreter\n");
            for (String program : List.of("no-such-program", "./absent", "./bad", ".")) {
                assertThatThrownBy(() -> host.sandbox.exec(Command.of(program)))
                        .isInstanceOfSatisfying(
                                TrailsException.class, e -> assertThat(e.code()).isEqualTo("exec.not-started"));
            }
        }
    }

    @Test
    void usage_counts_processes_time_memory_and_growth() throws IOException {
        try (var host = new HostFixture(folder, Limits.builder().disk(1L << 40).build())) {
            host.script("work", """
                    head -c 50000 /dev/zero > grown
                    (i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; exec sleep 1000) >/dev/null 2>&1 &
                    """);
            host.sandbox.exec(Command.of("./work")).orThrow();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> host.sandbox.usage().cpuTime().toMillis() >= 20);
            var usage = host.sandbox.usage();
            assertThat(usage.processes()).isEqualTo(1);
            assertThat(usage.memoryBytes()).isPositive();
            assertThat(usage.diskBytes()).isGreaterThanOrEqualTo(50_000);
            assertThat(usage.caveats()).isEmpty();
            host.sandbox.stop();
            assertThat(host.sandbox.usage().cpuTime()).isGreaterThanOrEqualTo(usage.cpuTime());
        }
    }
}
