package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.assertCode;
import static io.trails.internal.terminal.Codes.ended;
import static io.trails.internal.terminal.Terminals.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Key;
import io.trails.RemovalPolicy;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.SandboxCapability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class AttachedTerminalTest {
    @TempDir
    Path root;

    private Terminals terminals;

    @BeforeEach
    void makeTerminals() {
        terminals = terminals();
    }

    private Terminals terminals() {
        return terminals(new HeadlessTerminalProvider());
    }

    private Terminals terminals(HeadlessTerminalProvider provider) {
        var sandbox = new TestSandbox(root, Set.of(SandboxCapability.STREAMS, SandboxCapability.HOST_FILES));
        return new Terminals(root, provider, sandbox);
    }

    @AfterEach
    void removeTerminals() {
        terminals.close();
    }

    @Test
    void it_types_shows_and_ends() {
        Terminal terminal = terminals.script("t", "echo err >&2; read x; echo \"got $x\"; exit 4");

        assertThat(terminal.capabilities()).containsExactly(TerminalCapability.STREAM);
        terminal.type("it\n");

        assertThat(ended(terminal)).isEqualTo(4);
        assertThat(terminal.screen().lines()).containsExactlyInAnyOrder("err", "got it");
        assertCode(() -> terminal.type("x"), "terminal.ended");
    }

    @Test
    void its_shell_runs_lines() {
        Terminal shell = terminals.shell("t");

        assertThat(shell.run("cd /; x=1; (exit 3)", SOON).exitCode()).isEqualTo(3);
        assertThat(shell.run("pwd; echo $x", SOON).stdout().text()).isEqualTo("/\n1\n");
    }

    @Test
    void ctrl_c_interrupts() {
        Terminal terminal = terminals.program("t", "sleep", "60");

        terminal.press(Key.CTRL_C);

        assertThat(ended(terminal)).isEqualTo(130);
    }

    @Test
    void a_program_that_reads_nothing_blocks_nobody_for_long() {
        terminals = terminals(Terminals.impatient());
        Terminal terminal = terminals.program("t", "sleep", "60");

        assertCode(() -> terminal.type("x".repeat(200_000)), "terminal.stuck");
        assertCode(() -> terminal.type("y"), "terminal.stuck");
    }

    @Test
    void it_is_adopted_by_create_and_open_and_ended_by_detach() {
        HeldTerminal terminal = terminals.program("t", "cat");
        Terminal same = terminals.program("t", "cat");
        same.type("x\n");
        terminals.open("t").await(screen -> screen.contains("x"), SOON);

        terminal.detach();

        assertThat(ended(same)).isNotZero();
    }

    @Test
    void another_host_finds_what_was_printed_and_how_it_ended() {
        ended(terminals.script("t", "echo printed; exit 4"));

        Terminal later = terminals().open("t");

        assertThat(later.exitCode()).hasValue(4);
        assertThat(later.screen().lines()).containsExactly("printed");
        assertCode(() -> later.type("x"), "terminal.ended");
    }

    @Test
    void another_host_knows_that_nobody_knows_how_it_ended() throws Exception {
        terminals.request("t");
        Files.createFile(terminals.directory("t").resolve("attached"));

        Terminal later = terminals.open("t");

        assertCode(later::exitCode, "terminal.lost");
        assertCode(() -> later.press(Key.CTRL_C), "terminal.ended");
    }

    @Test
    void it_is_kept_while_it_runs_and_leaves_nothing_when_removed() {
        terminals.program("t", "cat");

        assertThat(terminals.remove("t", RemovalPolicy.safe()).complete()).isFalse();
        assertThat(terminals.remove("t", RemovalPolicy.safe().endingProcesses()).complete())
                .isTrue();

        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void a_missing_program_is_a_clear_error_and_leaves_nothing() {
        assertCode(() -> terminals.program("t", "no-such-program"), "terminal.not-started");
        assertCode(() -> terminals.program("t", "no-such-program"), "terminal.not-started");

        assertThat(terminals.directory("t")).isEmptyDirectory();
    }
}
