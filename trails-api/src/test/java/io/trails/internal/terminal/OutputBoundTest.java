package io.trails.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Output;
import io.trails.RemovalPolicy;
import io.trails.spi.HeldTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OutputBoundTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int KEPT = 1 << 20;

    @TempDir
    Path root;

    private Terminals terminals;

    @BeforeEach
    void makeTerminals() throws Exception {
        assumeTrue(
                run("fallocate", "-l", "1M", root.resolve("probe").toString()).isEmpty(), "no fallocate");
        assumeTrue(
                run(
                                "fallocate",
                                "-p",
                                "-o",
                                "0",
                                "-l",
                                "64K",
                                root.resolve("probe").toString())
                        .isEmpty(),
                "no holes in files");
        var provider = new HeadlessTerminalProvider(true, KEPT, 100, BoundedWrite.PATIENCE);
        terminals = new Terminals(root, provider, new TestSandbox(root));
    }

    @AfterEach
    void removeTerminals() {
        if (terminals != null) terminals.close();
    }

    @Test
    void what_a_chatty_program_printed_long_ago_leaves_the_disk_and_the_newest_stays() throws Exception {
        HeldTerminal terminal = terminals.script(
                "t",
                "i=0; while read -r go; do head -c 10000000 /dev/zero | tr '\\0' x; echo; echo \"round $go\"; done");
        Path output = terminals.directory("t").resolve("output");
        for (int round = 1; round <= 3; round++) {
            String seen = "round " + round;
            terminal.type(round + "\n");
            assertThat(terminal.await(screen -> screen.contains(seen), SOON).lines())
                    .endsWith(seen);
            await().atMost(SOON).until(() -> {
                terminal.screen();
                return onDisk(output) <= 2L * KEPT;
            });
        }
        assertThat(Files.size(output)).isGreaterThan(30_000_000);
        assertThat(onDisk(output)).isGreaterThanOrEqualTo(KEPT);
        assertThat(terminals.open("t").screen().lines()).endsWith("round 3");
    }

    @Test
    void what_was_printed_while_nobody_looked_leaves_the_disk_at_the_next_look() throws Exception {
        HeldTerminal terminal = terminals.script("t", "head -c 10000000 /dev/zero | tr '\\0' x; echo; echo the end");
        Path output = terminals.directory("t").resolve("output");
        await().atMost(SOON).until(() -> terminal.exitCode().isPresent());
        assertThat(onDisk(output)).isGreaterThan(9_000_000);

        assertThat(terminals.open("t").screen().lines()).endsWith("the end");

        assertThat(onDisk(output)).isLessThanOrEqualTo(2L * KEPT);
    }

    @Test
    void an_idle_shell_is_two_processes() throws Exception {
        HeldTerminal shell = terminals.shell("t");
        shell.run("true", SOON).orThrow();
        String mark = new TerminalFiles(terminals.directory("t")).mark();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                run("sh", "-c", "grep -lsF -e \"TRAILS_TERMINAL=$1\" /proc/[0-9]*/environ", "sh", mark)
                                        .lines())
                        .hasSize(2));
    }

    @Test
    void of_a_line_that_printed_more_than_is_kept_the_end_is_told_and_the_loss_is_counted() {
        HeldTerminal shell = terminals.shell("t");
        String given = "until [ $(stat -c %b '" + terminals.directory("t").resolve("output") + "') -le "
                + 2 * KEPT / 512 + " ]; do sleep 0.05; done";
        Output output = shell.run(
                        "head -c 10000000 /dev/zero | tr '\\0' x; " + given + "; echo; echo the end",
                        Duration.ofSeconds(30))
                .orThrow()
                .stdout();
        assertThat(output.size()).isEqualTo(10_000_009);
        assertThat(output.truncated()).isTrue();
        assertThat(output.text()).endsWith("x\nthe end\n").doesNotContain("\0");
    }

    @Test
    void when_the_program_has_ended_nothing_of_the_terminal_lives() {
        for (int i = 0; i < 10; i++) {
            HeldTerminal terminal = terminals.script("t" + i, "trap 'exit 3' TERM; kill -s TERM 0; sleep 20");
            await().atMost(SOON).until(() -> terminal.exitCode().isPresent());
            assertThat(terminal.exitCode()).hasValue(3);
            String name = "t" + i;
            // What has written the code down is about to end.
            await().atMost(SOON)
                    .until(() -> terminals.remove(name, RemovalPolicy.safe()).complete());
        }
    }

    private static long onDisk(Path file) throws Exception {
        return 512 * Long.parseLong(run("stat", "-c", "%b", file.toString()).strip());
    }

    private static String run(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
