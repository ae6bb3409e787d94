package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.ended;
import static io.trails.internal.terminal.Terminals.SOON;
import static io.trails.internal.terminal.Terminals.timedOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Key;
import io.trails.RemovalPolicy;
import io.trails.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same scripts where {@code /bin/sh} is bash, and where there is no setsid. */
@DisabledOnOs(OS.WINDOWS)
class OtherShellsTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path root;

    /** A sandbox in whose commands a shell stands for {@code /bin/sh}, and setsid may be missing. */
    private Terminals terminals(String setsid) throws Exception {
        boolean installed = Files.isExecutable(BASH);
        assumeTrue(installed || Boolean.getBoolean("trails.test.requireTools"), "There is no /bin/bash");
        assertThat(installed).as("/bin/bash is installed").isTrue();
        Path sh = Files.createSymbolicLink(
                Files.createDirectory(root.resolve("bin")).resolve("sh"), BASH);
        UnaryOperator<String> other =
                text -> text.replace("/bin/sh", sh.toString()).replace("trails_tool setsid", "trails_tool " + setsid);
        return new Terminals(root, new HeadlessTerminalProvider(), new TestSandbox(root) {
            @Override
            public ExecResult exec(Command command) {
                return super.exec(new Command(
                        command.argv().stream().map(other).toList(),
                        command.environment(),
                        command.directory(),
                        command.timeout(),
                        command.stdin(),
                        command.capture()));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"setsid", "no-such-setsid"})
    void a_shell_runs_lines_survives_errors_and_is_interrupted(String setsid) throws Exception {
        try (Terminals terminals = terminals(setsid)) {
            Terminal shell = terminals.shell("t");

            assertThat(shell.run("echo \"${BASH_VERSION:+bash}\"; x='!!'; (exit 7)", SOON))
                    .satisfies(result -> assertThat(result.exitCode()).isEqualTo(7))
                    .satisfies(result -> assertThat(result.stdout().text()).isEqualTo("bash\n"));
            assertThat(shell.run("if (", SOON).exitCode()).isPositive();
            assertThat(shell.run(": ${nope:?unset}", SOON).exitCode()).isPositive();
            assertThat(shell.run("echo $x", SOON).stdout().text()).isEqualTo("!!\n");
            ExecResult slow = timedOut(shell, "sleep 60");
            assertThat(slow.reason().orElseThrow().code()).isEqualTo("terminal.interrupted");
            shell.type("echo 'typed !x'\n");
            assertThat(shell.await(screen -> screen.contains("typed"), SOON).lines())
                    .last()
                    .isEqualTo("typed !x");
            assertThat(shell.run("(exit 5)", SOON).exitCode()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"setsid", "no-such-setsid"})
    void programs_end_with_their_code_by_their_signal_and_with_their_descendants(String setsid) throws Exception {
        try (Terminals terminals = terminals(setsid)) {
            assertThat(ended(terminals.script("a", "echo hello; exit 200"))).isEqualTo(200);
            assertThat(ended(terminals.script("b", "kill -KILL $$"))).isEqualTo(137);
            assertThat(terminals.open("b").screen().lines()).isEmpty();
            Terminal interrupted = terminals.program("c", "sleep", "60");
            interrupted.press(Key.CTRL_C);
            assertThat(ended(interrupted)).isEqualTo(130);
            terminals.script("d", "sleep 305 & sleep 306");
            assertThat(terminals.remove("d", RemovalPolicy.safe()).complete()).isFalse();
            assertThat(terminals
                            .remove("d", RemovalPolicy.safe().endingProcesses())
                            .complete())
                    .isTrue();
        }
    }
}
