package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.RemovalPolicy;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about who and what ends its program, and about what must not be left. */
abstract class TerminalEndRules extends TerminalStartRules {
    /** Leaves its process group, its session and its parent, as a daemon does. */
    private static final String DAEMON = """
        if command -v setsid >/dev/null; then set -- setsid sh; else set -- sh; fi
        ("$@" -c 'echo $$ > daemon; exec sleep 300' </dev/null >/dev/null 2>&1 &)
        until [ -s daemon ]; do sleep 0.1; done
        """;

    TerminalEndRules() {}

    @Test
    @Rule("T-05")
    final void any_exit_code_and_any_signal_is_told() throws IOException {
        for (int code : new int[] {1, 2, 125, 126, 127, 128, 129, 254, 255}) {
            assertThat(created("code-" + code, "exit " + code).awaitExit()).isEqualTo(code);
        }
        for (var signal :
                Map.of("HUP", 129, "INT", 130, "USR1", 138, "TERM", 143).entrySet()) {
            assertThat(created("signal-" + signal.getValue(), "kill -" + signal.getKey() + " $$")
                            .awaitExit())
                    .as("after SIG%s", signal.getKey())
                    .isEqualTo(signal.getValue());
        }
    }

    @Test
    @Rule("T-05")
    final void the_exit_code_of_what_ended_while_nobody_held_it_is_known() throws IOException {
        assumeCapability(TerminalCapability.SURVIVES_HOST);
        TerminalLife life = created("alone", "echo before; " + WAIT_FOR_GO + "echo $$ > ending; echo after; exit 9");
        life.see("before");
        life.terminal().detach();
        sandbox().sh("touch go; until [ -s ending ]; do sleep 0.1; done");
        String pid = sandbox().sh("cat ending");
        SandboxLife sandbox = sandbox();
        Patience.until("end of process " + pid, () -> !sandbox.isAlive(pid));
        life.open();
        assertThat(life.awaitExit()).isEqualTo(9);
        assertThat(life.terminal().screen().text()).contains("before", "after");
    }

    @Test
    @Rule("T-15")
    final void what_the_sandbox_stops_has_ended_for_its_terminal() throws Exception {
        TerminalLife life = created("stopped", ECHO);
        life.see("listening");
        Terminal terminal = life.terminal();
        sandbox().sandbox().stop();
        String code = Patience.call(
                "await",
                Patience.limit(),
                () -> TerminalLife.codeOf(() -> terminal.await(screen -> false, Duration.ofMinutes(5))));
        assertThat(code).isEqualTo("terminal.ended");
        assertThat(TerminalLife.codeOf(() -> terminal.type("hello\n"))).isEqualTo("terminal.ended");
        assertThat(knownToBeOver(terminal))
                .as("an exit code, or that it is lost")
                .isTrue();
        assertThat(terminal.screen().text()).contains("listening");
    }

    private static boolean knownToBeOver(Terminal terminal) {
        try {
            return terminal.exitCode().isPresent();
        } catch (TrailsException e) {
            return e.code().equals("terminal.lost");
        }
    }

    @Test
    @Rule("T-16")
    final void removing_leaves_no_process_that_the_program_started_wherever_it_went() throws IOException {
        SandboxLife sandbox = sandbox();
        assumeTrue(
                sandbox.sandbox().capabilities().contains(SandboxCapability.MARKS),
                "the sandbox finds no processes by a mark");
        TerminalLife life = created("daemon", DAEMON + ECHO);
        life.see("listening");
        String daemon = sandbox.sh("cat daemon");
        assertThat(life.remove(RemovalPolicy.safe().endingProcesses()).kept()).isEmpty();
        Patience.until("end of process " + daemon, () -> !sandbox.isAlive(daemon));
    }

    @Test
    @Rule("T-16")
    final void removing_one_terminal_leaves_the_processes_of_the_session_and_of_other_terminals_alone()
            throws IOException {
        TerminalLife doomed = created("doomed", ECHO);
        TerminalLife neighbour = created("neighbour", ECHO);
        doomed.see("listening");
        neighbour.see("listening");
        String background = sandbox()
                .sandbox()
                .exec(SandboxLife.script("sleep 300 </dev/null >/dev/null 2>&1 & echo $!"))
                .orThrow()
                .stdout()
                .text()
                .strip();
        boolean stays = sandbox().sandbox().capabilities().contains(SandboxCapability.BACKGROUND);
        doomed.remove(RemovalPolicy.safe().endingProcesses());
        neighbour.use();
        if (stays) assertThat(sandbox().isAlive(background)).isTrue();
    }
}
