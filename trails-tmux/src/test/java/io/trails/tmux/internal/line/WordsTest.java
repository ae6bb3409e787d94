package io.trails.tmux.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.tmux.internal.server.HostPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever a word holds, a real server gets it, over both lines. */
class WordsTest {
    private static final int SERVER_READS = 4;

    private static @Nullable Path scratch;
    private static @Nullable LineServer server;
    private static @Nullable TmuxLine control;

    @BeforeContainer
    static void start() throws IOException {
        HostPlace.needTmux();
        scratch = Files.createTempDirectory("words");
        server = new LineServer(scratch);
        control = server.control();
    }

    @AfterContainer
    static void stop() throws Exception {
        if (server != null) server.close();
        if (scratch == null) return;
        try (var files = Files.walk(scratch)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void words_arrive_over_a_client_that_stays(@ForAll("texts") List<String> words) throws IOException {
        assertArrive(control, words);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void words_arrive_over_one_process_each(@ForAll("texts") List<String> words) throws IOException {
        // 3.0 reads no commands from its input.
        if (!server.version().isAtLeast(3, 1)) return;
        assertArrive(server.cli(), words);
    }

    private static void assertArrive(TmuxLine line, List<String> words) throws IOException {
        var commands = new ArrayList<TmuxCommand>();
        for (int i = 0; i < words.size(); i++) {
            // An empty buffer would not be made.
            commands.add(TmuxCommand.of("set-buffer", "-b", "w" + i, "--", words.get(i)));
            commands.add(TmuxCommand.of("set-buffer", "-a", "-b", "w" + i, "--", "."));
            commands.add(TmuxCommand.of("save-buffer", "-b", "w" + i, file(i).toString()));
            commands.add(TmuxCommand.of("delete-buffer", "-b", "w" + i));
        }
        // 3.1 leaves the rest of a longer file.
        for (int i = 0; i < words.size(); i++) Files.deleteIfExists(file(i));
        List<Reply> replies = LineServer.replies(line, commands.toArray(TmuxCommand[]::new));
        assertThat(replies).hasSize(words.size() * SERVER_READS).allMatch(Reply::ok);
        for (int i = 0; i < words.size(); i++) {
            assertThat(Files.readString(file(i))).isEqualTo(words.get(i) + ".");
        }
    }

    private static Path file(int i) {
        return server.directory().resolve("w" + i);
    }

    @Provide
    static Arbitrary<List<String>> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "'",
                "\"",
                "\\",
                ";",
                " ",
                "\t",
                "\n",
                "\r",
                "\r\n",
                "#{pid}",
                "#(touch /tmp/never)",
                "$HOME",
                "${HOME}",
                "~",
                "~root/",
                "-",
                "--",
                "{",
                "}",
                "%if",
                "#",
                "%%",
                "a=b",
                "\u001b[201~",
                "\u0001",
                "\u007f",
                "\u0085",
                "\u2028",
                "\u00e9",
                "\ud83d\ude00",
                "\\n",
                "\\u0041",
                "\\101",
                "&&",
                "|",
                "`id`",
                "*",
                "?",
                "[",
                "%H");
        Arbitrary<String> characters = Arbitraries.strings()
                .withCharRange('\u0001', '\ud7ff')
                .ofMinLength(0)
                .ofMaxLength(20);
        Arbitrary<String> mixed =
                Arbitraries.oneOf(pieces, characters).list().ofMaxSize(8).map(parts -> String.join("", parts));
        Arbitrary<String> ends = Arbitraries.of("", "", ";", "\\", "\\;", ";;", "'", "\n");
        return net.jqwik.api.Combinators.combine(mixed, ends)
                .as((text, end) -> text + end)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
