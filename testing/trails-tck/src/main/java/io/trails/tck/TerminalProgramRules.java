package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Key;
import io.trails.RemovalPolicy;
import io.trails.TerminalCapability;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about the end of its program, and about the end of its host. */
abstract class TerminalProgramRules extends TerminalRules {
    /** Goes on only when it is told to by a file, so that a test decides what happens before. */
    static final String WAIT_FOR_GO = "until [ -e go ]; do sleep 0.1; done; ";

    TerminalProgramRules() {}

    @Test
    @Rule("T-05")
    final void the_exit_code_is_the_programs() throws IOException {
        assertThat(created("seven", "exit 7").awaitExit()).isEqualTo(7);
        assertThat(created("zero", "exit 0").awaitExit()).isZero();
        assertThat(created("killed", "kill -9 $$").awaitExit()).isEqualTo(137);
        assertThat(created("running", ECHO).terminal().exitCode()).isEmpty();
    }

    @Test
    @Rule("T-05")
    final void the_exit_code_is_known_to_another_instance() throws IOException {
        TerminalLife life = created("seven", "echo bye; exit 7");
        assertThat(life.awaitExit()).isEqualTo(7);
        life.open();
        assertThat(life.awaitExit()).isEqualTo(7);
    }

    @Test
    @Rule("T-05")
    final void the_exit_code_is_known_after_the_jvm_was_killed() throws Exception {
        assumeCapability(TerminalCapability.SURVIVES_HOST);
        TerminalLife life = life("orphan");
        orphan(life, WAIT_FOR_GO + "exit 9");
        sandbox().sh("touch go");
        life.open();
        assertThat(life.awaitExit()).isEqualTo(9);
    }

    /** Starts the script in the terminal from a JVM that is then killed. */
    private void orphan(TerminalLife life, String script) throws Exception {
        try (var jvm = ForeignJvm.withTerminal(sandboxProvider(), sandbox(), provider(), life, script)) {
            jvm.awaitReady();
            jvm.kill();
        }
        sandbox().open();
    }

    @Test
    @Rule("T-06")
    final void the_program_survives_detaching_and_is_found_with_its_output() throws IOException {
        assumeCapability(TerminalCapability.SURVIVES_HOST);
        TerminalLife life = created("survivor", "echo before; " + WAIT_FOR_GO + "echo after; " + ECHO);
        life.see("before");
        life.terminal().detach();
        life.terminal().detach();
        sandbox().sh("touch go");
        life.open();
        life.see("listening");
        assertThat(life.terminal().screen().text()).contains("before", "after");
        life.use();
    }

    @Test
    @Rule("T-06")
    final void the_program_survives_a_killed_jvm() throws Exception {
        assumeCapability(TerminalCapability.SURVIVES_HOST);
        TerminalLife life = life("survivor");
        orphan(life, "echo before; " + WAIT_FOR_GO + "echo after; " + ECHO);
        sandbox().sh("touch go");
        life.open();
        life.see("listening");
        assertThat(life.terminal().screen().text()).contains("before", "after");
        life.use();
    }

    @Test
    @Rule("T-09")
    final void an_ended_program_takes_no_input_and_its_last_screen_stays() throws IOException {
        TerminalLife life = created("over", "echo last words; exit 0");
        life.awaitExit();
        assertThat(TerminalLife.codeOf(() -> life.terminal().type("hello\n"))).isEqualTo("terminal.ended");
        assertThat(TerminalLife.codeOf(() -> life.terminal().paste("hello"))).isEqualTo("terminal.ended");
        assertThat(TerminalLife.codeOf(() -> life.terminal().press(Key.ENTER))).isEqualTo("terminal.ended");
        assertThat(life.terminal().screen().text()).contains("last words");
    }

    @Test
    @Rule("T-11")
    final void removing_keeps_a_running_program_unless_told_to_end_it_with_its_descendants() throws IOException {
        TerminalLife life = created("family", "sleep 300 & echo $! > child; echo $$ > self; echo started; exec cat");
        life.see("started");
        String self = sandbox().sh("cat self");
        String child = sandbox().sh("cat child");
        assertThat(life.remove(RemovalPolicy.safe()).kept())
                .as("kept while the program runs")
                .isNotEmpty();
        assertThat(sandbox().isAlive(self))
                .as("the program after a safe removal")
                .isTrue();
        assertThat(life.remove(RemovalPolicy.safe().endingProcesses()).kept()).isEmpty();
        for (String pid : new String[] {self, child}) {
            SandboxLife sandbox = sandbox();
            Patience.until("end of process " + pid, () -> !sandbox.isAlive(pid));
        }
    }
}
