package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Capture;
import io.trails.Command;
import io.trails.Enforcement;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Input;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.TrailsException;
import io.trails.spi.Location;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every sandbox provider has to keep: {@code S-01} to {@code S-26} and {@code P-01} to {@code P-11}. An author
 * writes:
 *
 * <pre>{@code
 * class AcmeSandboxTest extends SandboxContract {
 *     @Override protected SandboxProvider provider() { return new AcmeSandboxProvider(); }
 * }
 * }</pre>
 *
 * <p>The sandbox needs a POSIX {@code sh} with {@code cat}, {@code mkdir}, {@code sleep} and {@code head}. A provider for another
 * {@link Location} than a directory of this host overrides {@link #location}. What a provider does not declare as a
 * capability is skipped. Where the provider has a public constructor without arguments, some rules are tried once more
 * with another JVM that is killed. Without {@link SandboxCapability#SHARED_PROCESSES} a process is found by its arguments in
 * this machine's process table; where that does not show the sandbox's processes, what has to see one is skipped.
 *
 * <p>A sandbox with a {@link io.trails.spi.Sandbox#copy() copy} is compared with the same commands in the same project without a
 * sandbox; {@code .gitignore} files play no part.
 *
 * <p>What cannot be seen from outside is not tested: of {@code S-08} limits other than the wall clock and processor time,
 * whose breach would endanger the machine; of {@code S-09} and {@code S-11} processes that hid from the sandbox before
 * it looked; of {@code S-12} argument lists while no process table can be read; of {@code S-25} the system around the files; of
 * {@code S-26} the end of an engine.
 */
public abstract class SandboxContract extends SandboxCopyRules {
    /** For subclasses. */
    protected SandboxContract() {}

    @Test
    @Rule("S-01")
    final void arguments_reach_the_program_as_they_are() throws IOException {
        SandboxLife life = created("argv");
        String[] hostile = {
            "",
            " ",
            "two words",
            "quote'\"",
            "$(echo no) `echo no` $HOME",
            "*",
            "~",
            "line\nbreak",
            "tab\there",
            "-n",
            "--",
            "\\",
            "é€😀",
            "; exit 3",
            "#",
            "!",
            "%s",
            "\u0001\u007f"
        };
        ExecResult result = life.sandbox()
                .exec(SandboxLife.script("for a; do printf '<%s>' \"$a\"; done", hostile))
                .orThrow();
        var expected = new StringBuilder();
        for (String argument : hostile) expected.append('<').append(argument).append('>');
        assertThat(result.stdout().text()).isEqualTo(expected.toString());
    }

    @Test
    @Rule("S-01")
    final void directory_and_environment_reach_the_program() throws IOException {
        SandboxLife life = created("where");
        String value = "two words\nand $HOME 'quoted' é";
        var command = SandboxLife.script("pwd; printf '%s' \"$ACME\"")
                .in(Path.of("src/deep"))
                .environment(Map.of("ACME", value));
        String[] lines = life.sandbox().exec(command).orThrow().stdout().text().split("\n", 2);
        assertThat(lines[0]).endsWith("/src/deep");
        assertThat(lines[1]).isEqualTo(value);
        assertThat(life.sh("cat README.md")).as("in the default directory").isEqualTo("A project.");
    }

    @Test
    @Rule("S-01")
    final void input_reaches_the_program_byte_for_byte() throws IOException {
        SandboxLife life = created("stdin");
        byte[] all = new byte[300_000];
        for (int i = 0; i < all.length; i++) all[i] = (byte) (i * 7 % 255 + 1);
        var command = Command.of("cat").stdin(Input.bytes(all)).timeout(Patience.limit());
        assertThat(life.sandbox().exec(command).orThrow().stdout().bytes()).isEqualTo(all);
        assertThat(life.sandbox()
                        .exec(Command.of("cat").timeout(Patience.limit()))
                        .orThrow()
                        .stdout()
                        .size())
                .as("without an input")
                .isZero();
    }

    @Test
    @Rule("S-02")
    final void the_exit_code_is_the_programs() throws IOException {
        SandboxLife life = created("exit");
        for (int code : new int[] {0, 1, 2, 42, 126, 127, 255}) {
            ExecResult result = life.sandbox().exec(SandboxLife.script("exit " + code));
            assertThat(result.status()).isEqualTo(ExecResult.Status.EXITED);
            assertThat(result.exitCode()).isEqualTo(code);
        }
        assertThat(life.sandbox().exec(SandboxLife.script("kill -9 $$")).exitCode())
                .isEqualTo(137);
        assertThat(life.sandbox().exec(SandboxLife.script("kill -15 $$")).exitCode())
                .isEqualTo(143);
    }

    @Test
    @Rule("S-03")
    final void long_output_on_both_streams_is_drained_and_what_is_missing_is_counted() throws IOException {
        SandboxLife life = created("output");
        int size = 5_000_000;
        String script = "head -c " + size + " /dev/zero | tr '\\0' a; head -c " + size + " /dev/zero | tr '\\0' b >&2";
        ExecResult result = life.sandbox()
                .exec(SandboxLife.script(script).capture(Capture.upTo(10_000)))
                .orThrow();
        assertThat(result.stdout().size()).isEqualTo(size);
        assertThat(result.stderr().size()).isEqualTo(size);
        assertThat(result.stdout().truncated()).isTrue();
        assertThat(result.stdout().bytes().length).isLessThan(20_000);
        assertThat(result.stdout().text()).startsWith("aaaa").endsWith("aaaa").contains("bytes not kept");
        assertThat(result.stderr().text()).startsWith("bbbb").endsWith("bbbb");
    }

    @Test
    @Rule("S-03")
    final void the_whole_output_is_written_to_files_on_request() throws IOException {
        SandboxLife life = created("spill");
        Path base = scratch.resolve("spilled");
        ExecResult result = life.sandbox()
                .exec(SandboxLife.script("printf 0123456789; printf abcdef >&2")
                        .capture(Capture.upTo(4).spillingTo(base)))
                .orThrow();
        assertThat(result.stdout().file()).isPresent();
        assertThat(result.stdout().file().orElseThrow()).hasContent("0123456789");
        assertThat(result.stderr().file().orElseThrow()).hasContent("abcdef");
    }

    @Test
    @Rule("S-05")
    final void what_cannot_be_started_says_so() throws IOException {
        SandboxLife life = created("missing");
        assertNotStarted(life, Command.of("no-such-program-anywhere").timeout(Patience.limit()));
        assertNotStarted(life, Command.of("/no/such/program").timeout(Patience.limit()));
        assertNotStarted(life, Command.of("true").in(Path.of("no-such-folder")).timeout(Patience.limit()));
    }

    private static void assertNotStarted(SandboxLife life, Command command) {
        assertThatThrownBy(() -> life.sandbox().exec(command))
                .as("%s in %s", command, command.directory())
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("exec.not-started"));
    }

    @Test
    @Rule("S-06")
    final void variables_that_would_hijack_the_child_are_scrubbed_unless_named() throws IOException {
        Map<String, String> host = new HashMap<>(System.getenv());
        List<String> hijackers = List.of("GIT_DIR", "GIT_INDEX_FILE", "TMUX", "TMUX_PANE", "DAGGER_SESSION_TOKEN");
        for (String name : hijackers) host.put(name, "hijacked");
        host.put("ACME_PLAIN", "kept");
        SandboxLife life = created(request("scrub").environment(host));
        assertThat(life.sh("env")).doesNotContain("hijacked");
        assertThat(life.sandbox()
                        .exec(SandboxLife.script("echo $GIT_DIR").environment(Map.of("GIT_DIR", "wanted")))
                        .orThrow()
                        .stdout()
                        .text())
                .contains("wanted");
    }

    @Test
    @Rule("S-07")
    final void every_limit_and_network_policy_is_answered() throws IOException {
        for (Map.Entry<Limits.Kind, Limits> limit : everyLimit().entrySet()) {
            assertThat(provider().enforcement(limit.getValue(), NetworkPolicy.open()))
                    .extracting(Enforcement::subject)
                    .containsExactly(limit.getKey().name());
        }
        for (NetworkPolicy network : everyNetwork()) {
            assertThat(provider().enforcement(Limits.none(), network))
                    .extracting(Enforcement::subject)
                    .containsExactly("NETWORK");
        }
        assertThat(provider().enforcement(Limits.none(), NetworkPolicy.open())).isEmpty();
    }

    @Test
    @Rule("S-07")
    final void what_is_refused_is_not_created() throws IOException {
        List<SandboxLife> refused = new ArrayList<>();
        for (Limits limits : everyLimit().values()) {
            if (isRefused(limits, NetworkPolicy.open()))
                refused.add(life(request("refused").limits(limits).build()));
        }
        for (NetworkPolicy network : everyNetwork()) {
            if (isRefused(Limits.none(), network))
                refused.add(life(request("refused").network(network).build()));
        }
        assumeFalse(refused.isEmpty(), "the provider refuses nothing");
        for (SandboxLife life : refused) {
            assertThatThrownBy(life::create)
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("limit.refused"));
        }
    }

    @Test
    @Rule("S-12")
    final void secrets_are_in_no_argument_list() throws Exception {
        assumeCapability(SandboxCapability.STREAMS);
        SandboxLife life = created("secrets");
        // Drawn anew: another run of this test on this machine may be one that leaks.
        String secret = "s3cret-" + UUID.randomUUID();
        var command = SandboxLife.script("echo started; cat").environment(Map.of("ACME_TOKEN", secret));
        try (Execution running = life.sandbox().start(command)) {
            byte[] started = Patience.call(
                    "first output", Patience.limit(), () -> running.stdout().readNBytes("started".length()));
            assertThat(new String(started, StandardCharsets.UTF_8)).isEqualTo("started");
            List<String> lists = ArgumentLists.ofThisMachine();
            assumeTrue(
                    lists.stream().anyMatch(list -> list.contains("echo started; cat")), "no process table to look at");
            assertThat(lists).noneMatch(list -> list.contains(secret));
        }
    }
}
