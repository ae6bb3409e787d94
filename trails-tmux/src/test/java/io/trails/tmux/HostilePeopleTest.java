package io.trails.tmux;

import static io.trails.tmux.LiveTerminals.SOON;
import static io.trails.tmux.LiveTerminals.codeOf;
import static io.trails.tmux.LiveTerminals.exitCode;
import static io.trails.tmux.LiveTerminals.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.RemovalPolicy;
import io.trails.spi.HeldTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who joins a terminal and does there what tmux lets one do. */
class HostilePeopleTest {
    @TempDir
    Path root;

    /** A person at a terminal of another size. */
    private static final class Person implements AutoCloseable {
        private final Process process;
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        Person(HeldTerminal terminal) throws IOException {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/script")) || Boolean.getBoolean("trails.test.requireTools"),
                    "script is not installed");
            String attach = String.join(" ", terminal.attachCommand().orElseThrow());
            var builder = new ProcessBuilder("script", "-qfec", "stty cols 61 rows 17; exec " + attach, "/dev/null")
                    .redirectErrorStream(true);
            builder.environment().put("TERM", "xterm");
            process = builder.start();
            var reading = new Thread(this::read, "person");
            reading.setDaemon(true);
            reading.start();
        }

        private void read() {
            try (InputStream output = process.getInputStream()) {
                byte[] bytes = new byte[4096];
                for (int count = output.read(bytes); count >= 0; count = output.read(bytes)) {
                    synchronized (seen) {
                        seen.write(bytes, 0, count);
                    }
                }
            } catch (IOException gone) {
                // It left.
            }
        }

        void sees(String text) {
            await().atMost(SOON).until(() -> {
                synchronized (seen) {
                    return seen.toString(StandardCharsets.UTF_8).contains(text);
                }
            });
        }

        void types(String text) throws IOException {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        boolean isThere() {
            return process.isAlive();
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static HeldTerminal echo(LiveTerminals terminals, String name) {
        HeldTerminal terminal = terminals.script(name, "echo listening; exec cat");
        see(terminal, "listening");
        return terminal;
    }

    private static void unaffected(HeldTerminal terminal, String text) {
        terminal.type(text + "\n");
        see(terminal, text);
        assertThat(terminal.screen().columns()).isEqualTo(200);
        assertThat(terminal.screen().rows()).isEqualTo(50);
    }

    @Test
    void somebody_with_a_small_screen_changes_nothing_and_stays_while_hosts_come_and_go() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = echo(terminals, "t");
            try (var person = new Person(terminal)) {
                person.sees("listening");
                unaffected(terminal, "from the host");
                person.sees("from the host");
                person.types("from a person\r");
                see(terminal, "from a person");
                for (int i = 0; i < 3; i++) unaffected(terminals.open("t"), "host " + i);
                for (String client : terminals
                        .tmux("list-clients", "-f", "#{client_control_mode}", "-F", "#{client_pid}")
                        .lines()
                        .toList()) {
                    if (!client.isBlank()) LiveTerminals.output(List.of("kill", "-KILL", client));
                }
                await().atMost(SOON)
                        .until(() -> codeOf(() -> terminal.type("again\n")).equals("none"));
                person.sees("again");
                assertThat(person.isThere()).isTrue();
            }
            unaffected(terminal, "after the person");
        }
    }

    @Test
    void somebody_who_looks_back_in_copy_mode_neither_hides_nor_takes_anything() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = terminals.script("t", "seq 1 200; echo listening; exec cat");
            see(terminal, "listening");
            try (var person = new Person(terminal)) {
                person.sees("listening");
                person.types("\002[");
                await().atMost(SOON).until(() -> mode(terminals).equals("1"));
                person.types("\033[5~\033[5~");
                assertThat(terminal.screen().contains("listening")).isTrue();
                assertThat(terminal.history(3)).contains("200", "listening");
                unaffected(terminal, "q g ? / typed meanwhile");
                person.types("\002[");
                terminal.paste("pasted meanwhile\n");
                see(terminal, "pasted meanwhile");
            }
        }
    }

    private static String mode(LiveTerminals terminals) {
        return terminals.tmux("display-message", "-p", "-t", terminals.session("t"), "#{pane_in_mode}");
    }

    @Test
    void somebody_who_splits_the_pane_is_seen_as_somebody_else() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = echo(terminals, "t");
            String session = terminals.session("t");
            terminals.tmux("split-window", "-t", session, "sh", "-c", "echo not mine; exec sleep 305");
            await().atMost(SOON)
                    .until(() ->
                            terminals.tmux("capture-pane", "-p", "-t", session).contains("not mine"));
            terminal.type("still mine\n");
            see(terminal, "still mine");
            assertThat(terminal.screen().contains("not mine")).isFalse();
            HeldTerminal found = terminals.open("t");
            assertThat(found.screen().contains("still mine")).isTrue();
            assertThat(found.screen().contains("not mine")).isFalse();
            terminal.type("\004");
            assertThat(exitCode(terminal)).isZero();
            assertThat(terminals.remove("t", RemovalPolicy.safe()).complete()).isFalse();
            assertThat(terminals.tmux("list-panes", "-t", session)).isNotEmpty();
        }
    }

    @Test
    void somebody_who_kills_the_pane_has_ended_the_program() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal terminal = echo(terminals, "t");
            HeldTerminal sibling = echo(terminals, "sibling");
            try (var person = new Person(terminal)) {
                person.sees("listening");
                terminals.tmux("kill-pane", "-t", terminals.session("t"));
                await().atMost(SOON)
                        .until(() -> codeOf(() -> terminal.type("x")).equals("terminal.ended"));
                assertThat(codeOf(terminal::exitCode)).isIn("none", "terminal.lost");
                assertThat(terminal.screen().contains("listening")).isTrue();
                await().atMost(SOON).until(() -> !person.isThere());
            }
            unaffected(sibling, "untouched");
            assertThat(terminals.open("t").screen().contains("listening")).isTrue();
        }
    }

    @Test
    void somebody_may_rename_the_session_or_move_the_pane() throws IOException {
        try (var terminals = new LiveTerminals(root)) {
            HeldTerminal renamed = echo(terminals, "renamed");
            terminals.tmux("rename-session", "-t", terminals.session("renamed"), "mine");
            unaffected(renamed, "under another name");
            unaffected(terminals.open("renamed"), "found");
            assertThat(terminals.remove("renamed").complete()).isTrue();
            assertThat(terminals.tmux("list-sessions")).doesNotContain("mine");

            HeldTerminal moved = echo(terminals, "moved");
            terminals.tmux("new-window", "-d", "-t", terminals.session("moved"), "exec sleep 306");
            terminals.tmux("break-pane", "-d", "-s", terminals.session("moved"));
            terminals.tmux("rename-window", "-t", terminals.session("moved"), "%end;");
            moved.type("elsewhere\n");
            see(moved, "elsewhere");
            HeldTerminal found = terminals.open("moved");
            found.type("found again\n");
            see(found, "found again");
        }
    }
}
