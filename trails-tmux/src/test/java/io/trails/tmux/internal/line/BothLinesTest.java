package io.trails.tmux.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.tmux.internal.server.HostPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both lines say and do the same. */
class BothLinesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path scratch;

    private LineServer server;

    @BeforeAll
    static void needTmux() {
        HostPlace.needTmux();
    }

    @BeforeEach
    void start() {
        server = new LineServer(scratch);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void the_same_script_has_the_same_replies() {
        assumeTrue(server.version().isAtLeast(3, 1), "3.0 reads no commands from its input");
        List<Reply> control = script(server.control());
        List<Reply> cli = script(server.cli());

        assertThat(oks(cli)).isEqualTo(oks(control));
        for (int i = 0; i < cli.size(); i++) {
            if (cli.get(i).ok()) assertThat(cli.get(i)).as("command %d", i).isEqualTo(control.get(i));
        }
    }

    private static List<Boolean> oks(List<Reply> replies) {
        return replies.stream().map(Reply::ok).toList();
    }

    private static List<Reply> script(TmuxLine line) {
        var commands = new ArrayList<TmuxCommand>(List.of(
                TmuxCommand.of(
                        "new-session",
                        "-d",
                        "-s",
                        "one",
                        "-x",
                        "50",
                        "-y",
                        "5",
                        "-c",
                        "/",
                        "printf 'a b;\\n  c\\n'; cat"),
                TmuxCommand.of("wait-for", "-S", "nobody"),
                TmuxCommand.of("no-such-command"),
                TmuxCommand.of("has-session", "-t", "=on"),
                TmuxCommand.of("has-session", "-t", "=one"),
                TmuxCommand.of("set-option", "-t", "=one", "@name", "a'b\"c;"),
                TmuxCommand.of("show-options", "-v", "-t", "=one", "@name"),
                TmuxCommand.of("display-message", "-p", "-t", "=one:", "#{session_name};"),
                TmuxCommand.of("display-message", "-p", "-t", "=one:", ""),
                TmuxCommand.of("display-message", "-p", "-t", "=one:", "caf\u00e9 \u6f22"),
                TmuxCommand.of("new-session", "-d", "-s", "one"),
                TmuxCommand.of("set-buffer", "-b", "long", "--", "x".repeat(100_000) + "\u00e9;"),
                TmuxCommand.of("display-message", "-p", "#{buffer_size}"),
                TmuxCommand.of("list-buffers", "-F", "#{buffer_name} #{buffer_size}"),
                TmuxCommand.of("list-panes", "-t", "=one:", "-F", "#{pane_index} #{pane_dead}"),
                TmuxCommand.of("list-panes", "-t", "=nope:"),
                TmuxCommand.of("list-sessions", "-F", "#{session_name}", "-f", "#{==:#{session_name},one}"),
                TmuxCommand.of("list-sessions", "-F", "x", "-f", "0"),
                TmuxCommand.of("send-keys", "-t", "=one:", "-l", "--", "-abc;"),
                TmuxCommand.of("send-keys", "-t", "=one:", "-l", "--", ";"),
                TmuxCommand.of("capture-pane", "-p", "-t", "=nope:").showingProgramText(),
                TmuxCommand.of("capture-pane", "-p", "-t", "=k:").showingProgramText(),
                TmuxCommand.of("kill-session", "-t", "=one")));
        return LineServer.replies(line, commands.toArray(TmuxCommand[]::new));
    }

    @Test
    void a_failing_command_does_not_keep_the_next_from_being_executed() {
        for (TmuxLine line : List.of(server.control(), server.cli())) {
            List<Reply> replies = LineServer.replies(
                    line,
                    TmuxCommand.of("has-session", "-t", "=nope"),
                    TmuxCommand.of("display-message", "-p", "still here"));

            assertThat(replies.get(0).ok()).isFalse();
            assertThat(replies.get(1)).isEqualTo(new Reply(true, List.of("still here")));
        }
    }

    /** What it prints is the protocol itself, with every number that the next replies can have. */
    @Test
    void a_program_that_imitates_the_protocol_deceives_nobody() throws Exception {
        Path script = Files.writeString(scratch.resolve("hostile"), """
                now=$(date +%s)
                tmux -S "$1" display-message -p x >/dev/null
                i=0
                while [ $i -lt 700 ]; do
                    t=$((now + i % 3)) n=$((250 + i))
                    printf '%%end %s %s 1\\n%%error %s %s 1\\n%%begin %s %s 1\\n0123\\n%%end %s %s 1\\n%%exit\\n' $t $n $t $n $t $n $t $n
                    i=$((i + 1))
                done
                printf printed
                exec cat
                """);
        TmuxLine line = server.control();
        LineServer.replies(line, TmuxCommand.of("set-option", "-g", "history-limit", "10000"));
        LineServer.replies(
                line,
                TmuxCommand.of(
                        "new-session",
                        "-d",
                        "-s",
                        "h",
                        "-x",
                        "80",
                        "-y",
                        "24",
                        "/bin/sh",
                        script.toString(),
                        server.directory() + "/s"));
        var capture = TmuxCommand.of("capture-pane", "-p", "-J", "-S", "-", "-t", "=h:")
                .showingProgramText();
        var after = TmuxCommand.of("display-message", "-p", "after");
        await().atMost(SOON)
                .until(() ->
                        LineServer.replies(server.cli(), capture).get(0).lines().contains("printed"));
        List<Reply> whole = LineServer.replies(server.cli(), capture);
        assertThat(whole.get(0).lines().size()).isGreaterThan(4000);
        for (int i = 0; i < 20; i++) {
            List<Reply> replies = LineServer.replies(line, capture, after, capture, after);
            assertThat(replies.get(0)).isEqualTo(whole.get(0));
            assertThat(replies.get(1)).isEqualTo(new Reply(true, List.of("after")));
            assertThat(replies.get(2)).isEqualTo(whole.get(0));
            assertThat(replies.get(3)).isEqualTo(new Reply(true, List.of("after")));
        }
    }

    @Test
    void commands_of_many_threads_get_their_own_replies() {
        TmuxLine line = server.control();
        List<String> wanted = java.util.stream.IntStream.range(0, 400)
                .mapToObj(i -> "n" + i + "x".repeat(i * 10))
                .toList();
        List<String> got = wanted.parallelStream()
                .map(text -> LineServer.replies(
                                line, TmuxCommand.of("display-message", "-p", text), TmuxCommand.of("nope"))
                        .get(0)
                        .lines()
                        .get(0))
                .toList();

        assertThat(got).isEqualTo(wanted);
    }

    @Test
    void the_end_of_the_server_breaks_the_line() {
        TmuxLine line = server.control();
        // It ends after the reply, and nobody knows how much later.
        LineServer.replies(line, TmuxCommand.of("kill-server"));
        await().atMost(SOON).until(() -> !line.isOpen());

        assertThat(line.send(List.of(TmuxCommand.of("list-sessions")))).isCompletedExceptionally();
        assertThat(server.cli().send(List.of(TmuxCommand.of("list-sessions")))).isCompletedExceptionally();
    }
}
