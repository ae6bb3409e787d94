package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.assertCode;
import static io.trails.internal.terminal.Codes.ended;
import static io.trails.internal.terminal.Terminals.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Command;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.spi.Availability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.SandboxCapability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class HeadlessTerminalProviderTest {
    private static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();

    @TempDir
    Path root;

    private Terminals terminals;

    @BeforeEach
    void makeTerminals() {
        terminals = new Terminals(root);
    }

    @AfterEach
    void removeTerminals() {
        terminals.close();
    }

    /** Counts the starts of a program, and then runs on. */
    private HeldTerminal counting(String name) {
        Path count = root.resolve("count");
        return terminals.program(name, "/bin/sh", "-c", "echo x >>\"$1\"; cat", "x", count.toString());
    }

    private void awaitCount(long count) {
        Await.until(
                () -> Files.exists(root.resolve("count")) && Files.size(root.resolve("count")) == 2 * count,
                () -> "count");
    }

    @Test
    void it_says_what_it_can_do() {
        var provider = new HeadlessTerminalProvider();
        var context = ProbeContext.of(root, Map.of(), Duration.ofSeconds(1));

        assertThat(provider.id()).isEqualTo("headless");
        assertThat(provider.isolates()).isEmpty();
        assertThat(provider.capabilities(EnumSet.allOf(SandboxCapability.class)))
                .containsExactlyInAnyOrder(TerminalCapability.SURVIVES_HOST, TerminalCapability.STREAM);
        assertThat(provider.capabilities(Set.of(SandboxCapability.STREAMS))).containsExactly(TerminalCapability.STREAM);
        assertThat(provider.probe(context)).isEqualTo(Availability.available());
        assertThat(new HeadlessTerminalProvider(false, 1, 1, Duration.ofSeconds(1))
                        .probe(context)
                        .reasons())
                .singleElement()
                .satisfies(note -> assertThat(note.code()).isEqualTo("headless.attached"));
    }

    @Test
    void equal_requests_give_equal_plans_without_a_side_effect_or_a_secret() throws Exception {
        var request = terminals
                .request("t")
                .command(Command.of("env").environment(Map.of("TOKEN", "hunter2")))
                .build();
        var provider = new HeadlessTerminalProvider();

        assertThat(provider.plan(request)).isEqualTo(provider.plan(request));

        assertThat(provider.plan(request).toString()).doesNotContain("hunter2");
        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void creating_again_adopts_the_running_program() {
        counting("t");
        awaitCount(1);

        Terminal again = counting("t");

        again.type("hello\n");
        again.await(screen -> screen.contains("hello"), SOON);
        awaitCount(1);
    }

    @Test
    void creating_at_the_same_time_starts_one_program() throws Exception {
        var all = new CompletableFuture<?>[8];
        var request = terminals
                .request("t")
                .command(Command.of(
                        "/bin/sh",
                        "-c",
                        "echo x >>\"$1\"; cat",
                        "x",
                        root.resolve("count").toString()))
                .build();
        terminals.plan(request);
        for (int i = 0; i < all.length; i++) {
            var provider = new HeadlessTerminalProvider();
            all[i] = CompletableFuture.runAsync(
                    () -> provider.create(provider.plan(request), request, new TestSandbox(root))
                            .type("hi\n"));
        }

        CompletableFuture.allOf(all).get(20, TimeUnit.SECONDS);

        terminals.open("t").await(screen -> screen.lines().size() == 8, SOON);
        awaitCount(1);
    }

    @Test
    void creating_again_adopts_a_program_that_has_ended() {
        assertThat(ended(terminals.script("t", "exit 5"))).isEqualTo(5);

        assertThat(terminals.script("t", "exit 6").exitCode()).hasValue(5);
    }

    @Test
    void creating_again_after_the_holder_was_killed_ends_what_it_left_and_starts_anew() {
        counting("t");
        awaitCount(1);
        long before = pid("t");
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        Await.until(() -> ProcessHandle.of(before).isEmpty(), () -> "holder lives");

        Terminal anew = counting("t");

        anew.type("hello\n");
        assertThat(anew.await(screen -> screen.contains("hello"), SOON).lines()).containsExactly("hello");
        awaitCount(2);
    }

    @Test
    void a_process_that_got_the_number_of_a_dead_holder_is_not_taken_for_it() throws Exception {
        var files = new TerminalFiles(Files.createDirectories(terminals.directory("t")));
        Files.createSymbolicLink(files.claim(), Path.of(ProcessHandle.current().pid() + ":12345:another-boot"));
        Files.createFile(files.output());

        assertCode(() -> terminals.open("t").exitCode(), "terminal.lost");
        assertThat(terminals.remove("t", ENDING).complete()).isTrue();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void what_a_crash_left_before_the_start_is_used() throws Exception {
        var files = new TerminalFiles(Files.createDirectories(terminals.directory("t")));
        Files.createFile(files.output());
        assertThat(new ProcessBuilder("mkfifo", files.input().toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> terminals.open("t")).isInstanceOf(ResourceLostException.class);

        Terminal terminal = terminals.program("t", "cat");

        terminal.type("hello\n");
        terminal.await(screen -> screen.contains("hello"), SOON);
    }

    @Test
    void a_missing_program_is_a_clear_error_and_leaves_nothing() {
        assertThatThrownBy(() -> terminals.program("t", "no-such-program"))
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("session/t");
        assertCode(() -> terminals.program("t", "no-such-program"), "terminal.not-started");
        assertCode(() -> terminals.program("t", root.toString()), "terminal.not-started");

        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void a_missing_working_directory_is_a_clear_error_and_leaves_nothing() {
        var request = terminals
                .request("t")
                .command(Command.of("cat").in(root.resolve("absent")))
                .build();

        assertCode(() -> terminals.create(request), "terminal.not-started");
        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void a_missing_directory_of_its_own_or_a_file_in_its_place_is_a_clear_error() throws Exception {
        var request = terminals.request("t").command(Command.of("cat")).build();
        Files.delete(terminals.directory("t"));
        assertCode(() -> terminals.create(request), "terminal.not-started");

        Files.createFile(terminals.directory("t"));
        assertCode(() -> terminals.create(request), "terminal.not-started");

        assertThat(terminals.directory("t")).isEmptyFile();
    }

    @Test
    void something_in_the_place_of_its_pipe_is_a_clear_error() throws Exception {
        var request = terminals.request("t").command(Command.of("cat")).build();
        Path other = Files.createDirectories(terminals.directory("t").resolve("input/mine"));

        assertThatThrownBy(() -> terminals.create(request))
                .hasMessageContaining(terminals.directory("t").toString());

        assertThat(other).isDirectory();
    }

    @Test
    void its_files_are_readable_by_their_owner_only() throws Exception {
        Terminal terminal = terminals.script("t", "umask; cat");
        terminal.type("x\n");
        terminal.await(screen -> screen.contains("x"), SOON);

        try (var files = Files.list(terminals.directory("t"))) {
            assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void what_was_never_created_is_lost_when_opened_and_nothing_when_removed() {
        terminals.request("t");

        assertThatThrownBy(() -> terminals.open("t")).isInstanceOf(ResourceLostException.class);
        assertThat(terminals.remove("t", ENDING)).isEqualTo(RemovalReport.nothing());
        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void a_running_program_is_kept_unless_the_policy_ends_it() {
        Terminal terminal = terminals.program("t", "cat");

        RemovalReport safe = terminals.remove("t", RemovalPolicy.safe());

        assertThat(safe.kept())
                .singleElement()
                .satisfies(item -> assertThat(item.reason().code()).isEqualTo("terminal.running"));
        terminal.type("alive\n");
        terminal.await(screen -> screen.contains("alive"), SOON);

        assertThat(terminals.remove("t", ENDING).removed()).hasSize(1);
        assertThat(terminals.directory("t")).isEmptyDirectory();
        assertThat(terminals.remove("t", ENDING)).isEqualTo(RemovalReport.nothing());
    }

    @Test
    void an_ended_program_is_removed_under_any_policy() {
        ended(terminals.program("t", "true"));
        Await.until(() -> terminals.remove("t", RemovalPolicy.safe()).complete(), () -> "its holder is still there");

        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void a_handle_to_a_removed_terminal_says_that_it_is_lost_and_never_that_it_runs() {
        HeldTerminal terminal = terminals.shell("t");
        assertThat(terminal.exitCode()).isEmpty();

        assertThat(terminals.remove("t", ENDING).complete()).isTrue();

        assertCode(terminal::exitCode, "terminal.lost");
        assertCode(() -> terminal.run("true", SOON), "terminal.ended");
        assertCode(() -> terminal.type("x"), "terminal.ended");
    }

    @Test
    void removal_ends_descendants_wherever_they_went() throws Exception {
        Path pids = root.resolve("pids");
        Terminal terminal = terminals.program(
                "t",
                "/bin/sh",
                "-c",
                "trap '' TERM HUP; (sleep 301 & echo $! >>\"$1\"); setsid sleep 302 & echo $! >>\"$1\"; (setsid sh -c"
                        + " 'sleep 303 & echo $! >>\"$1\"' x \"$1\" &); env -i sleep 304 & echo $! >>\"$1\"; echo $$"
                        + " >>\"$1\"; echo ready; sleep 300",
                "x",
                pids.toString());
        terminal.await(screen -> screen.contains("ready"), SOON);
        Await.until(() -> Files.readAllLines(pids).size() == 5, () -> "pids: " + Files.readString(pids));

        assertThat(terminals.remove("t", ENDING).complete()).isTrue();

        for (String pid : Files.readAllLines(pids)) {
            Await.until(() -> ProcessHandle.of(Long.parseLong(pid)).isEmpty(), () -> "lives: " + pid);
        }
    }

    @Test
    void removal_touches_no_other_terminal_and_no_foreign_file() throws Exception {
        Terminal other = terminals.program("t2", "cat");
        terminals.program("t", "cat");
        Path foreign = Files.createFile(terminals.directory("t").resolve("notes.txt"));

        terminals.remove("t", ENDING);

        assertThat(foreign).exists();
        other.type("alive\n");
        other.await(screen -> screen.contains("alive"), SOON);
    }

    @Test
    void a_detached_terminal_runs_on_and_is_opened_again() {
        HeldTerminal terminal = terminals.program("t", "cat");
        terminal.type("before\n");
        terminal.await(screen -> screen.contains("before"), SOON);

        terminal.detach();
        terminal.detach();

        Terminal again = terminals.open("t");
        again.type("after\n");
        assertThat(again.await(screen -> screen.contains("after"), SOON).lines())
                .containsExactly("before", "after");
    }

    private long pid(String name) {
        return Long.parseLong(new TerminalFiles(terminals.directory(name))
                .holder()
                .orElseThrow()
                .pid());
    }
}
