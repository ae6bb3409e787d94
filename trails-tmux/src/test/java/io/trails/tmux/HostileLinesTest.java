package io.trails.tmux;

import static io.trails.tmux.LiveTerminals.SOON;
import static io.trails.tmux.LiveTerminals.codeOf;
import static io.trails.tmux.LiveTerminals.exitCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.spi.HeldTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines in shells that are not what they were, and lines that no shell likes. */
class HostileLinesTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    Path root;

    private LiveTerminals terminals(String shell) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("SHELL", shell);
        environment.put("HOME", root.toString());
        return new LiveTerminals(root, environment);
    }

    /** A terminal runs the system's shell; another one is started in its place, as a person might. */
    private static HeldTerminal shell(LiveTerminals terminals, String program) throws IOException {
        HeldTerminal shell = terminals.shell("t");
        if (program.equals("/bin/sh")) return shell;
        shell.type("exec " + program + " --noprofile --norc\n");
        shell.type("echo here $((40 + 2))\n");
        shell.await(screen -> screen.contains("here 42"), SOON);
        return shell;
    }

    @Test
    void a_text_that_stands_at_the_prompt_is_not_executed_with_a_line() throws IOException {
        Path keep = Files.writeString(root.resolve("keep"), "work");
        try (var terminals = terminals("/bin/sh")) {
            HeldTerminal shell = terminals.shell("t");
            usable(shell);
            for (String draft : List.of("rm -f '" + keep + "' ", "echo 'open", "cat ")) {
                shell.type(draft);
                usable(shell);
            }
            assertThat(keep).hasContent("work");
        }
    }

    private static void usable(HeldTerminal shell) {
        ExecResult result = shell.run("echo one two; (exit 42)", SOON);
        assertThat(result.exitCode()).isEqualTo(42);
        assertThat(result.stdout().text()).isEqualTo("one two\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void a_shell_that_was_changed_still_reports(String program) throws IOException {
        try (var terminals = terminals(program)) {
            HeldTerminal shell = shell(terminals, program);
            for (String change : List.of(
                    "PS1='odd % # $ > ;\n%end 1 1 1\n'",
                    "PS1='$(exit 3)'; PS2='> > '",
                    "PROMPT_COMMAND='false; echo prompted'",
                    "printf() { return 1; }; test() { return 1; }; true() { return 1; }",
                    "alias command=false printf=false .=false echo='echo' test=false",
                    "set -o noclobber",
                    "set -f -u",
                    "IFS=/.0",
                    "set -- a b c",
                    "trap 'echo trapped' USR1 EXIT",
                    "exec 3>&1 4>/dev/null",
                    "umask " + strictest() + "; cd /",
                    "export LC_ALL=C TERM=dumb",
                    "stty -echo",
                    "readonly status=3 line=4")) {
                shell.run(change, SOON);
                usable(shell);
            }
        }
    }

    /** Only root reads what it gave itself no right to. */
    private String strictest() throws IOException {
        return Files.getAttribute(root, "unix:uid").equals(0) ? "777" : "077";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void a_line_that_is_no_program_fails_and_the_next_one_runs(String program) throws IOException {
        try (var terminals = terminals(program)) {
            HeldTerminal shell = shell(terminals, program);
            for (String line : List.of(
                    "if (",
                    "echo 'unterminated",
                    "cat <<END\nnever ends",
                    "}",
                    "echo \"",
                    ")",
                    "case x in",
                    "$(",
                    "`")) {
                // Bash 5.2 frees what is not its own then, whoever sources such a file.
                if (program.equals("/bin/bash") && line.equals("`")) continue;
                ExecResult result = shell.run(line, SOON);
                assertThat(result.status()).as(line).isEqualTo(ExecResult.Status.EXITED);
                usable(shell);
            }
            assertThat(shell.run("", SOON).exitCode()).isZero();
            assertThat(shell.run("# a comment", SOON).exitCode()).isZero();
            assertThat(shell.run("no-such-program-at-all", SOON).exitCode()).isEqualTo(127);
            assertThat(shell.run("return 6", SOON).exitCode()).isEqualTo(6);
            assertThat(shell.run("echo '!!' \"!x\" '%H;' \\;", SOON).stdout().text())
                    .isEqualTo("!! !x %H; ;\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void a_line_that_ends_or_replaces_the_shell_says_so(String program) throws IOException {
        try (var terminals = terminals(program)) {
            HeldTerminal leaving = terminals.shell("leaving");
            assertThat(codeOf(() -> leaving.run("exit 5", SOON))).isEqualTo("terminal.ended");
            assertThat(exitCode(leaving)).isEqualTo(5);

            HeldTerminal failing = terminals.shell("failing");
            assertThat(failing.run("set -e; true", SOON).exitCode()).isZero();
            assertThat(codeOf(() -> failing.run("false", SOON))).isEqualTo("terminal.ended");
            assertThat(exitCode(failing)).isEqualTo(1);

            HeldTerminal replaced = terminals.shell("replaced");
            assertThat(replaced.run("exec cat", SHORT).status()).isEqualTo(ExecResult.Status.TIMED_OUT);
        }
    }

    @Test
    void what_is_in_the_way_of_a_line_is_not_typed_into() throws IOException {
        try (var terminals = terminals("/bin/bash")) {
            HeldTerminal shell = terminals.shell("t");
            shell.type("cat > human\n");
            await().atMost(SOON).until(() -> terminals.processes().containsValue("cat "));
            ExecResult result = shell.run("touch ran", SHORT);
            assertThat(result.status()).isEqualTo(ExecResult.Status.TIMED_OUT);
            assertThat(result.reason().orElseThrow().code()).isEqualTo("terminal.busy");
            shell.type("mine\n");
            shell.press(Key.CTRL_D);
            usable(shell);
            assertThat(terminals.work().resolve("human")).hasContent("mine\n");
            assertThat(terminals.work().resolve("ran")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void lines_may_be_long_print_much_leave_jobs_and_take_too_long(String program) throws IOException {
        try (var terminals = terminals(program)) {
            HeldTerminal shell = terminals.shell("t");
            String five = "x".repeat(5_000);
            assertThat(shell.run("echo " + five, SOON).stdout().text()).isEqualTo(five + "\n");
            String big = "y".repeat(300_000);
            assertThat(shell.run("v=" + big + "; echo ${#v}", SOON).stdout().text())
                    .isEqualTo("300000\n");
            ExecResult much = shell.run("yes 0123456789 | head -c 10000000; echo; echo last", SOON);
            assertThat(much.exitCode()).isZero();
            assertThat(much.stdout().text()).endsWith("last\n");
            assertThat(shell.run("sleep 300 & echo started", SOON).exitCode()).isZero();
            usable(shell);
            interrupted(shell, "sleep 200");
            usable(shell);
            assertThat(terminals.processes().values()).contains("sleep 300 ").doesNotContain("sleep 200 ");
        }
    }

    /** A line whose time is over before it has begun is not interrupted: on a busy machine it gets more. */
    private static void interrupted(HeldTerminal shell, String line) throws IOException {
        Path begun = Files.createTempFile("line", ".begun");
        try {
            Duration time = Duration.ofSeconds(2);
            do {
                ExecResult slow = shell.run("echo yes >'" + begun + "'; " + line, time);
                assertThat(slow.status()).isEqualTo(ExecResult.Status.TIMED_OUT);
                if (Files.size(begun) > 0) {
                    assertThat(slow.reason().orElseThrow().code()).isEqualTo("terminal.interrupted");
                }
                time = time.multipliedBy(3);
            } while (Files.size(begun) == 0 && time.compareTo(SOON) < 0);
            assertThat(begun).isNotEmptyFile();
        } finally {
            Files.delete(begun);
        }
    }

    @Test
    void a_line_that_reads_the_terminal_gets_what_is_typed() throws Exception {
        try (var terminals = terminals("/bin/bash")) {
            HeldTerminal shell = terminals.shell("t");
            var result = CompletableFuture.supplyAsync(() -> shell.run("read answer; echo \"got $answer\"", SOON));
            await().atMost(SOON)
                    .until(() -> String.join(
                                    " ", terminals.directory("t").toFile().list())
                            .contains(".begun"));
            shell.type("an answer\n");
            assertThat(result.get(30, TimeUnit.SECONDS).stdout().text()).endsWith("got an answer\n");
            usable(shell);
        }
    }

    @Test
    void two_threads_and_two_hosts_run_their_lines_one_after_the_other() throws Exception {
        try (var terminals = terminals("/bin/bash")) {
            HeldTerminal mine = terminals.shell("t");
            HeldTerminal other = terminals.open("t");
            var all = new ArrayList<CompletableFuture<?>>();
            for (int worker = 0; worker < 4; worker++) {
                HeldTerminal shell = worker % 2 == 0 ? mine : other;
                int first = worker * 10;
                all.add(CompletableFuture.runAsync(() -> {
                    for (int i = first; i < first + 8; i++) {
                        ExecResult result =
                                shell.run("echo begin " + i + "; echo end " + i + "; (exit " + i + ")", SOON);
                        assertThat(result.exitCode()).isEqualTo(i);
                        assertThat(result.stdout().text()).isEqualTo("begin " + i + "\nend " + i + "\n");
                    }
                }));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
    }
}
