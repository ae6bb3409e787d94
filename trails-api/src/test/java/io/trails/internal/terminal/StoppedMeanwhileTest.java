package io.trails.internal.terminal;

import static io.trails.internal.terminal.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Output;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a terminal whose session is stopped or removed while something is done with it. */
@DisabledOnOs(OS.WINDOWS)
class StoppedMeanwhileTest {
    private static final RemovalPolicy ENDING = RemovalPolicy.safe().endingProcesses();

    @TempDir
    Path root;

    /** What becomes of the result of the script in question. */
    private UnaryOperator<ExecResult> fate = UnaryOperator.identity();

    private String script = Scripts.END;
    private Terminals terminals;

    @BeforeEach
    void makeTerminals() {
        terminals = new Terminals(root, new HeadlessTerminalProvider(), new TestSandbox(root) {
            @Override
            public ExecResult exec(Command command) {
                if (!command.argv().contains(script)) return super.exec(command);
                ExecResult result = command.argv().contains(Scripts.END) ? ended(0) : super.exec(command);
                return fate.apply(result);
            }
        });
    }

    @AfterEach
    void removeTerminals() {
        script = "none";
        terminals.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_removal_that_could_not_see_the_processes_keeps_the_terminal_and_blames_none(boolean inThisJvm) {
        terminals.program("t", "cat");
        fate = result -> inThisJvm ? cancelled() : ended(143);

        for (RemovalPolicy policy : new RemovalPolicy[] {ENDING, RemovalPolicy.safe()}) {
            RemovalReport report = terminals.remove("t", policy);
            assertThat(report.kept()).singleElement().satisfies(item -> {
                assertThat(item.reason().code()).isEqualTo("terminal.unreachable");
                assertThat(item.reason().message()).contains("meanwhile").doesNotContain("killed");
            });
        }
        script = "none";
        assertThat(terminals.remove("t", ENDING).complete()).isTrue();
        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @Test
    void what_an_earlier_attempt_left_is_not_forgotten_before_it_is_seen_to_have_ended() throws Exception {
        var files = new TerminalFiles(Files.createDirectories(terminals.directory("t")));
        Files.createSymbolicLink(files.claim(), Path.of(ProcessHandle.current().pid() + ":12345:another-boot"));
        fate = result -> cancelled();

        assertCode(() -> terminals.program("t", "cat"), "terminal.not-started");

        assertThat(files.holder()).isPresent();
        script = "none";
        assertThat(terminals.program("t", "cat").exitCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_start_that_was_stopped_says_so(boolean inThisJvm) {
        script = Scripts.LAUNCH;
        fate = result -> inThisJvm ? cancelled() : ended(143);

        assertThatThrownBy(() -> terminals.program("t", "cat"))
                .hasMessageContaining("meanwhile; try again")
                .extracting("code")
                .isEqualTo("terminal.not-started");

        assertThat(terminals.directory("t")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Scripts.TAKEN, Scripts.NO_DIRECTORY})
    void a_start_whose_directory_was_removed_blames_no_links_or_pipes(int code) {
        script = Scripts.LAUNCH;
        fate = result -> {
            script = "none";
            terminals.remove("t", ENDING);
            return ended(code);
        };

        assertThatThrownBy(() -> terminals.program("t", "cat"))
                .hasMessageContaining("removed meanwhile")
                .extracting("code")
                .isEqualTo("terminal.not-started");
    }

    private static ExecResult cancelled() {
        return new ExecResult(
                ExecResult.Status.CANCELLED, -1, Output.empty(), Output.empty(), Duration.ZERO, Optional.empty());
    }

    private static ExecResult ended(int code) {
        return new ExecResult(
                ExecResult.Status.EXITED, code, Output.empty(), Output.empty(), Duration.ZERO, Optional.empty());
    }
}
