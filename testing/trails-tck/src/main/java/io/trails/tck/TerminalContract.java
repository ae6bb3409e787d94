package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Command;
import io.trails.Key;
import io.trails.RemovalPolicy;
import io.trails.Screen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.spi.HostDirectory;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every terminal provider has to keep: {@code T-01} to {@code T-26} and {@code P-01} to {@code P-11}. An author
 * writes:
 *
 * <pre>{@code
 * class AcmeTerminalTest extends TerminalContract {
 *     @Override protected TerminalProvider provider() { return new AcmeTerminalProvider(); }
 * }
 * }</pre>
 *
 * <p>The terminals run over the sandbox {@code host} of trails; override {@link #sandboxProvider()} and
 * {@link #location} for another one. It needs a POSIX {@code sh} with the usual programs, such as
 * {@code cat}, {@code dd}, {@code od} and {@code sleep}, and {@code stty} for a terminal device. What a terminal does not
 * declare as a capability is skipped. Where both providers have a public constructor without arguments, {@code T-05}
 * and {@code T-06} are tried once more with another JVM that is killed.
 *
 * <p>What cannot be seen from outside is not tested: of {@code T-01} what happens before the program's first instruction,
 * of {@code T-07} output that imitates a mark which no screen ever showed, of {@code T-14} argument lists between two looks,
 * and of {@code T-26} whether a person who joins sees the screen.
 */
public abstract class TerminalContract extends TerminalRecordingRules {
    /** For subclasses. */
    protected TerminalContract() {}

    @Test
    @Rule("T-01")
    final void the_program_gets_its_arguments_directory_and_environment() throws IOException {
        var location = location(project());
        assumeTrue(location instanceof HostDirectory, "the files are not in a directory of this host");
        Path directory = ((HostDirectory) location).path().resolve("src/deep");
        String[] arguments = {"two words", "", "$(echo no)", "quote'\"", "é€😀", "-n"};
        var argv = new ArrayList<>(List.of(
                "sh",
                "-c",
                "{ for a; do printf '<%s>' \"$a\"; done; printf '\\n%s' \"$ACME\"; } > report; " + ECHO,
                "sh"));
        argv.addAll(List.of(arguments));
        TerminalLife life = life(request("start")
                .command(Command.of(argv)
                        .environment(System.getenv())
                        .environment(Map.of("ACME", "a 'value' with $HOME"))
                        .in(directory))
                .build());
        life.create();
        life.see("listening");
        assertThat(sandbox().sh("cat src/deep/report"))
                .isEqualTo("<two words><><$(echo no)><quote'\"><é€😀><-n>\na 'value' with $HOME");
    }

    @Test
    @Rule("T-02")
    final void what_is_typed_arrives_in_order() throws IOException {
        TerminalLife life = created("typed", "echo listening; exec cat > typed");
        life.see("listening");
        life.terminal().type("first é€😀 \\ ' \" $HOME\n");
        life.terminal().type("sec");
        life.terminal().type("ond\nthird\n");
        String expected = "first é€😀 \\ ' \" $HOME\nsecond\nthird";
        Patience.within(Patience.limit(), () -> read("typed").equals(expected));
        assertThat(read("typed")).isEqualTo(expected);
    }

    private String read(String file) {
        try {
            return sandbox().sh("cat \"$1\" 2>/dev/null || :", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Rule("T-02")
    final void what_two_threads_type_is_not_interleaved_within_one_call() throws Exception {
        TerminalLife life = created("threads", "echo listening; exec cat > typed");
        life.see("listening");
        int lines = 40;
        List<Thread> threads = new ArrayList<>();
        for (String text : List.of("a".repeat(60), "b".repeat(60))) {
            threads.add(Patience.start(() -> {
                for (int i = 0; i < lines; i++) life.terminal().type(text + "\n");
            }));
        }
        for (Thread thread : threads) thread.join(Patience.limit().toMillis());
        Patience.within(Patience.limit(), () -> read("typed").length() >= 2 * lines * 61 - 1);
        assertThat(read("typed").split("\n")).hasSize(2 * lines).allMatch(line -> line.matches("a{60}|b{60}"));
    }

    @Test
    @Rule("T-03")
    final void what_the_program_prints_is_shown_without_control_sequences() throws IOException {
        TerminalLife life = created(
                "colours",
                "printf '\\033[1;31mred\\033[0m and \\033]0;title\\007plain\\n'; printf 'tail é\\n'; " + ECHO);
        life.see("listening");
        Screen screen = life.terminal().screen();
        assertThat(screen.contains("red and plain")).as(screen.text()).isTrue();
        assertThat(screen.contains("tail é")).as(screen.text()).isTrue();
        assertThat(screen.lines()).allSatisfy(line -> assertThat(line).doesNotMatch(".*\\p{Cntrl}.*"));
    }

    @Test
    @Rule("T-07")
    final void a_line_reports_its_exit_code_and_what_it_does_to_the_shell_persists() throws IOException {
        Terminal shell = shellThatRunsLines("lines");
        assertThat(shell.run("true", Patience.limit()).exitCode()).isZero();
        assertThat(shell.run("(exit 7)", Patience.limit()).exitCode()).isEqualTo(7);
        assertThat(shell.run("cd src/deep", Patience.limit()).ok()).isTrue();
        assertThat(output(shell, "ls")).isEqualTo("Main.java");
        assertThat(shell.run("export ACME='kept é'", Patience.limit()).ok()).isTrue();
        assertThat(output(shell, "echo \"$ACME\"")).isEqualTo("kept é");
        assertThat(output(shell, "echo one\necho two")).isEqualTo("one\ntwo");
    }

    private Terminal shellThatRunsLines(String name) throws IOException {
        Terminal shell = shell(name).terminal();
        boolean files = sandbox().sandbox().capabilities().contains(SandboxCapability.HOST_FILES);
        assumeTrue(
                files
                        || !TerminalLife.codeOf(() -> shell.run("true", Patience.limit()))
                                .equals("terminal.unsupported"),
                "the terminal runs no lines over a sandbox that shares no files");
        return shell;
    }

    private static String output(Terminal shell, String line) {
        return shell.run(line, Patience.limit()).orThrow().stdout().text().strip();
    }

    @Test
    @Rule("T-07")
    final void output_that_imitates_the_end_of_a_line_does_not_deceive() throws IOException {
        Terminal shell = shellThatRunsLines("imitation");
        shell.run("echo seen", Patience.limit());
        // Whatever marked the end of that line may be on the screen, so the screen is what a deceiver would print.
        String screen = shell.screen().text().replace("'", "'\\''");
        var result = shell.run("printf '%s\\n' '" + screen + "'; echo the real end; (exit 7)", Patience.limit());
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.stdout().text()).contains("the real end");
        assertThat(output(shell, "echo next")).isEqualTo("next");
    }

    @Test
    @Rule("T-08")
    final void what_it_cannot_do_it_refuses() throws IOException {
        TerminalLife life = created("limits", ECHO);
        life.see("listening");
        Terminal terminal = life.terminal();
        var missing = EnumSet.complementOf(capabilities(terminal));
        assertThat(provider().capabilities(sandbox().sandbox().capabilities())).containsAll(terminal.capabilities());
        refused(missing, TerminalCapability.KEYS, () -> terminal.press(Key.UP));
        refused(missing, TerminalCapability.RESIZE, () -> terminal.resize(100, 30));
        refused(missing, TerminalCapability.STYLES, terminal::styledScreen);
        refused(missing, TerminalCapability.HISTORY, () -> terminal.history(1));
        refused(missing, TerminalCapability.STREAM, () -> terminal.output(0).close());
        // Nobody asked for one.
        assertThat(missing).contains(TerminalCapability.RECORDING);
        refused(missing, TerminalCapability.RECORDING, terminal::recording);
        boolean attaches = !missing.contains(TerminalCapability.ATTACH);
        assertThat(terminal.attachCommand().isPresent()).as("attach command").isEqualTo(attaches);
    }

    private static void refused(Set<TerminalCapability> missing, TerminalCapability capability, Runnable use) {
        if (!missing.contains(capability)) return;
        assertThat(TerminalLife.codeOf(use)).as("use without %s", capability).isEqualTo("terminal.unsupported");
    }

    /** Unlike {@link EnumSet#copyOf} this takes an empty set. */
    private static EnumSet<TerminalCapability> capabilities(Terminal terminal) {
        var set = EnumSet.noneOf(TerminalCapability.class);
        set.addAll(terminal.capabilities());
        return set;
    }

    @Test
    @Rule("T-10")
    final void a_program_that_reads_nothing_blocks_nobody() throws Exception {
        TerminalLife life = created("deaf", "echo deaf; exec sleep 300");
        life.see("deaf");
        String chunk = ("x".repeat(1023) + "\n").repeat(64);
        for (int i = 0; i < 32; i++) {
            String code = Patience.call(
                    "typing",
                    Patience.limit(),
                    () -> TerminalLife.codeOf(() -> life.terminal().type(chunk)));
            assertThat(code).isIn("none", "terminal.stuck");
            if (code.equals("terminal.stuck")) return;
        }
    }

    @Test
    @Rule("T-12")
    final void two_terminals_do_not_mix() throws IOException {
        TerminalLife one = created("one", "echo this is one; " + ECHO);
        TerminalLife two = created("two", "echo this is two; " + ECHO);
        one.see("listening");
        two.see("listening");
        one.terminal().type("for one\n");
        two.terminal().type("for two\n");
        one.see("for one");
        two.see("for two");
        assertThat(one.terminal().screen().text()).doesNotContain("two");
        assertThat(two.terminal().screen().text()).doesNotContain("one");
        one.remove(RemovalPolicy.safe().endingProcesses());
        two.use();
    }

    @Test
    @Rule("T-12")
    final void what_removes_an_ended_launch_late_does_not_touch_the_next_one() throws IOException {
        TerminalLife first = life(launch("first"));
        first.create();
        first.see("listening");
        first.remove(RemovalPolicy.safe().endingProcesses());
        TerminalLife second = life(launch("second"));
        second.create();
        second.see("listening");
        first.remove(RemovalPolicy.safe().endingProcesses());
        second.use();
    }

    private TerminalRequest launch(String directory) {
        return TerminalRequest.builder(SESSION, "relaunched", ownDirectory(SESSION, directory))
                .command(Command.of("sh", "-c", ECHO).environment(System.getenv()))
                .build();
    }

    @Test
    @Rule("T-04")
    final void waiting_reacts_to_a_change() throws IOException {
        TerminalLife life = created("change", "echo asking; read answer; echo \"got $answer\"; exec cat");
        life.see("asking");
        life.terminal().type("it\n");
        assertThat(life.terminal()
                        .await(screen -> screen.contains("got it"), Patience.limit())
                        .contains("got it"))
                .isTrue();
    }

    @Test
    @Rule("T-04")
    final void waiting_reacts_to_the_end_of_the_program() throws Exception {
        TerminalLife life = created("end", "echo asking; read answer; exit 3");
        life.see("asking");
        life.terminal().type("now\n");
        String code = Patience.call(
                "await",
                Patience.limit(),
                () -> TerminalLife.codeOf(() -> life.terminal().await(screen -> false, Duration.ofMinutes(5))));
        assertThat(code).isEqualTo("terminal.ended");
    }

    @Test
    @Rule("T-04")
    final void waiting_gives_up_in_time_and_has_looked_at_least_once() throws Exception {
        TerminalLife life = created("patience", ECHO);
        life.see("listening");
        var looks = new AtomicInteger();
        long begin = System.nanoTime();
        String code = Patience.call(
                "await",
                Patience.limit(),
                () -> TerminalLife.codeOf(
                        () -> life.terminal().await(screen -> looks.incrementAndGet() < 0, Duration.ofMillis(300))));
        assertThat(code).isEqualTo("terminal.timeout");
        assertThat(looks.get()).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        var once = new AtomicInteger();
        life.terminal().await(screen -> once.incrementAndGet() == 1, Duration.ofNanos(1));
    }
}
