package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.assertCode;
import static io.trails.internal.terminal.Terminals.SOON;
import static io.trails.internal.terminal.Terminals.timedOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.ExecResult;
import io.trails.Key;
import io.trails.spi.HeldTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class ShellLineTest {
    @TempDir
    Path root;

    private Terminals terminals;
    private HeldTerminal shell;

    @BeforeEach
    void startShell() {
        terminals = new Terminals(root);
        shell = terminals.shell("it's \"a\" $shell");
    }

    @AfterEach
    void removeTerminals() {
        terminals.close();
    }

    private ExecResult run(String line) {
        return shell.run(line, SOON);
    }

    @Test
    void a_line_gives_its_exit_code_and_its_output_and_nothing_else() {
        ExecResult result = run("echo out; echo err >&2; (exit 7)");

        assertThat(result.status()).isEqualTo(ExecResult.Status.EXITED);
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.stdout().text()).isEqualTo("out\nerr\n");
        assertThat(result.stderr().size()).isZero();
        assertThat(run("true").stdout().size()).isZero();
        assertThat(shell.screen().lines()).containsExactly("out", "err");
    }

    @Test
    void directories_and_variables_persist() throws Exception {
        Path there = Files.createDirectory(root.resolve("there"));

        run("cd there; export EXPORTED='a b'; PLAIN=c; f() { echo from f; }; alias ll='echo aliased'");

        assertThat(run("pwd; echo \"$EXPORTED$PLAIN\"; f; sh -c 'echo $EXPORTED'")
                        .stdout()
                        .text())
                .isEqualTo(there.toRealPath() + "\na bc\nfrom f\na b\n");
        assertThat(run("ll").stdout().text()).isEqualTo("aliased\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (",
                "echo 'unclosed",
                "echo \"unclosed",
                "cat <<EOF\nno end",
                "fi",
                "${",
                "$((1/0))",
                ": ${nope:?unset}",
                ". /nonexistent",
                "readonly ro=1; ro=2",
                "export 1a=2",
                "return 3",
                "nosuchprogram",
                "kill -INT $$",
                "shift 99"
            })
    void no_error_in_a_line_ends_or_wedges_the_shell(String line) {
        run(line);

        assertThat(run("echo alive").stdout().text()).isEqualTo("alive\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"if (", "echo 'unclosed", "nosuchprogram", ": ${nope:?unset}"})
    void an_erroneous_line_has_an_exit_code(String line) {
        ExecResult result = run(line);

        assertThat(result.status()).isEqualTo(ExecResult.Status.EXITED);
        assertThat(result.exitCode()).isPositive();
    }

    @Test
    void a_line_that_breaks_path_functions_aliases_and_noclobber_breaks_no_later_line() {
        run("PATH=/nonexistent; set -C; alias echo=false; echo() { return 9; }; alias command=false");

        assertThat(run("(exit 4)").exitCode()).isEqualTo(4);
        assertThat(run("(exit 5)").exitCode()).isEqualTo(5);
    }

    @Test
    void output_that_imitates_an_end_does_not_deceive() {
        ExecResult result =
                run("echo 0; printf '0\\n'; echo '__END__ 0'; echo \"line-x.status 0\"; sleep 0.2; (exit 6)");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.stdout().text()).contains("__END__ 0");
    }

    @Test
    void several_lines_and_hostile_quotes_run_as_they_are() {
        ExecResult result = run("for i in 1 2\ndo\n  echo \"$i '\\\" \\\\\"\ndone\ncat <<'E'\n$HOME `x` !! ü\nE");

        assertThat(result.stdout().text()).isEqualTo("1 '\" \\\n2 '\" \\\n$HOME `x` !! ü\n");
    }

    @Test
    void a_line_reads_nothing_of_what_is_typed_next() {
        assertThat(run("cat; read x; echo \"<$x>\"").stdout().text()).isEqualTo("<>\n");
    }

    @Test
    void exit_ends_the_terminal_with_its_code() {
        assertThatThrownBy(() -> run("exit 3")).hasMessageContaining("exit code 3");

        assertThat(shell.exitCode()).hasValue(3);
        assertCode(() -> run("true"), "terminal.ended");
    }

    @Test
    void a_line_that_takes_too_long_is_interrupted_and_the_shell_goes_on() {
        run("keep=1");

        ExecResult result = timedOut(shell, "sleep 60; echo after");

        assertThat(result.status()).isEqualTo(ExecResult.Status.TIMED_OUT);
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.stdout().text()).startsWith("begun\n").doesNotContain("after");
        assertThat(result.reason().orElseThrow().code()).isEqualTo("terminal.interrupted");
        assertThat(run("echo $keep").stdout().text()).isEqualTo("1\n");
    }

    @Test
    void what_somebody_typed_before_is_not_interrupted_and_the_line_that_waited_for_it_never_runs() throws Exception {
        Path go = root.resolve("go");
        shell.type("trap 'echo caught' INT; echo building; until [ -e '" + go + "' ]; do sleep 0.02; done;"
                + " echo build-$?\n");
        shell.await(screen -> screen.contains("building"), SOON);

        ExecResult result = shell.run("echo should not run", Duration.ofMillis(300));
        Files.createFile(go);

        assertThat(result.status()).isEqualTo(ExecResult.Status.TIMED_OUT);
        assertThat(result.reason().orElseThrow().code()).isEqualTo("terminal.busy");
        assertThat(run("echo next").stdout().text()).endsWith("next\n");
        assertThat(shell.screen().text()).contains("build-0").doesNotContain("caught", "should not run");
    }

    @Test
    void a_line_that_ignores_the_interrupt_is_said_to_run_on() throws Exception {
        Path go = root.resolve("go");

        ExecResult result = timedOut(shell, "trap '' INT; until [ -e '" + go + "' ]; do sleep 0.02; done");
        Files.createFile(go);

        assertThat(result.reason().orElseThrow().code()).isEqualTo("terminal.busy");
        assertThat(run("echo $?").status()).isEqualTo(ExecResult.Status.EXITED);
    }

    @Test
    void lines_of_several_hosts_run_one_after_the_other() throws Exception {
        try (var others = new Terminals(root)) {
            HeldTerminal same = others.open("it's \"a\" $shell");
            for (int i = 0; i < 10; i++) {
                var here = CompletableFuture.supplyAsync(() -> run("echo here; sleep 0.02; echo here"));
                var there = CompletableFuture.supplyAsync(() -> same.run("echo there; sleep 0.02; echo there", SOON));
                assertThat(here.get(20, TimeUnit.SECONDS).stdout().text()).isEqualTo("here\nhere\n");
                assertThat(there.get(20, TimeUnit.SECONDS).stdout().text()).isEqualTo("there\nthere\n");
            }
        }
    }

    @Test
    void lines_of_several_threads_run_one_after_the_other() throws Exception {
        var all = new CompletableFuture<?>[8];
        for (int i = 0; i < all.length; i++) {
            String n = Integer.toString(i);
            all[i] = CompletableFuture.runAsync(() -> {
                ExecResult result = run("echo a" + n + "; sleep 0.05; echo b" + n + "; (exit " + n + ")");
                assertThat(result.exitCode()).isEqualTo(Integer.parseInt(n));
                assertThat(result.stdout().text()).isEqualTo("a" + n + "\nb" + n + "\n");
            });
        }

        CompletableFuture.allOf(all).get(20, TimeUnit.SECONDS);
    }

    @Test
    void long_output_is_cut_in_the_middle_and_says_so() {
        ExecResult result = run("echo first; seq 1 400000; echo last");

        assertThat(result.stdout().truncated()).isTrue();
        assertThat(result.stdout().text()).startsWith("first\n1\n").endsWith("400000\nlast\n");
    }

    @Test
    void nothing_of_a_line_is_left_in_the_directory() throws Exception {
        run("echo x");

        try (var files = Files.list(terminals.directory("it's \"a\" $shell"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("line-"));
        }
    }

    @Test
    void what_is_typed_is_neither_echoed_nor_prompted_for() {
        shell.type("echo typed!x\n");

        assertThat(shell.await(screen -> screen.contains("typed"), SOON).lines())
                .containsExactly("typed!x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fi )(", ": ${nope:?unset}", ". /nonexistent", "kill -TERM $$"})
    void typing_nonsense_does_not_end_the_shell(String nonsense) {
        shell.type(nonsense + "\n");

        try (InputGauge.Reading input = ((InputGauge) shell).gauge().orElseThrow()) {
            Await.until(() -> input.unread() == 0, () -> "the shell reads nothing");
        }
        assertThat(run("echo alive").stdout().text()).endsWith("alive\n");
    }

    @Test
    void an_interrupt_from_elsewhere_ends_the_line_at_once() {
        String seconds = "60." + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        var line = CompletableFuture.supplyAsync(() -> run("sleep " + seconds));
        // A shell that is just forking can lose an interrupt.
        Await.until(() -> isSleeping(seconds), () -> "nobody sleeps");

        shell.press(Key.CTRL_C);

        ExecResult result = line.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(result.status()).isEqualTo(ExecResult.Status.EXITED);
        assertThat(result.exitCode()).isEqualTo(130);
    }

    private static boolean isSleeping(String seconds) {
        try (var processes = ProcessHandle.allProcesses()) {
            return processes.anyMatch(
                    process -> process.info().commandLine().orElse("").endsWith("sleep " + seconds));
        }
    }

    @Test
    void children_of_the_shell_inherit_no_empty_prompt() {
        assertThat(run("env | grep -c '^PS[12]='").stdout().text()).isEqualTo("0\n");
    }

    @Test
    void bad_arguments_are_refused() {
        assertThatThrownBy(() -> shell.run("a\0", SOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shell.run("true", Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
