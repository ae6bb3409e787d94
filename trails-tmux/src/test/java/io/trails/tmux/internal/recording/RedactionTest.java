package io.trails.tmux.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Recording.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RedactionTest {
    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(60);
    }

    @Provide
    Arbitrary<Set<String>> secrets() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'c')
                .ofMinLength(1)
                .ofMaxLength(6)
                .set()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 3000)
    void no_split_lets_a_secret_through(
            @ForAll("text") String text,
            @ForAll("secrets") Set<String> secrets,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 5) Integer> splits) {
        var redaction = new Redaction(secrets);
        var pieces = new RedactedText(redaction);
        var shown = new StringBuilder();
        int from = 0;
        for (int split : splits) {
            int to = Math.min(text.length(), from + split);
            shown.append(pieces.next(text.substring(from, to)));
            from = to;
        }
        shown.append(pieces.next(text.substring(from))).append(pieces.end());
        assertThat(shown.toString()).isEqualTo(redaction.apply(text)).isEqualTo(simply(text, secrets));
        for (String secret : secrets) assertThat(shown.toString()).doesNotContain(secret);
    }

    private static String simply(String text, Set<String> secrets) {
        boolean[] hidden = new boolean[text.length()];
        for (String secret : secrets) {
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
                java.util.Arrays.fill(hidden, at, at + secret.length(), true);
            }
        }
        var shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (!hidden[i]) shown.append(text.charAt(i));
            else if (i == 0 || !hidden[i - 1]) shown.append("***");
        }
        return shown.toString();
    }

    @Property(tries = 500)
    void text_without_secrets_is_unchanged(@ForAll @Size(max = 200) String text) {
        assertThat(new Redaction(Set.of("\u0001hunter2", "\u0002x"))
                        .apply(text.replace('\u0001', ' ').replace('\u0002', ' ')))
                .isEqualTo(text.replace('\u0001', ' ').replace('\u0002', ' '));
    }

    @Test
    void line_ends_of_the_terminal_do_not_hide_a_secret() {
        var redaction = new Redaction(List.of("-----KEY\nabc\n", ""));
        assertThat(redaction.apply("x -----KEY\r\nabc\r\ny")).isEqualTo("x ***y");
        assertThat(redaction.apply("-----KEY\rabc\r")).isEqualTo("***");
        assertThat(redaction.apply("-----KEY\nabc\n")).isEqualTo("***");
    }

    @Test
    void no_part_of_a_file_has_a_secret_and_the_exit_stays_last() throws IOException {
        CastHeader header = CastHeader.of(80, 24, 0)
                .withCommand(List.of("login", "hunter2"))
                .withTitle("hunter2!");
        Tape tape = new OutputTape(
                header,
                Printed.of("password hunter2\r\nhunt").inPiecesOf(3),
                List.of(new Stamp(10, 3), new Stamp(20, 12), new Stamp(30, 22)),
                List.of(
                        CastEvent.input(5, "hun"),
                        CastEvent.input(25, "ter2"),
                        CastEvent.marker(26, "hunter2"),
                        CastEvent.exit(40, 0)));
        Tape redacted = Redaction.of(tape, List.of("hunter2"));
        var file = new ByteArrayOutputStream();
        CastWriter.write(redacted, Format.ASCIICAST_V3, file);
        CastCheck check = CastCheck.v3(file.toByteArray());
        assertThat(file.toString(StandardCharsets.UTF_8)).doesNotContain("hunter2");
        assertThat(check.output()).isEqualTo("password ***\r\nhunt");
        assertThat(check.header).containsEntry("command", "login ***").containsEntry("title", "***!");
        assertThat(check.events).extracting(CastCheck.Line::code).endsWith("x");
        assertThat(redacted.micros()).isEqualTo(40);
    }

    @Test
    void without_secrets_a_tape_stays_itself() throws IOException {
        Tape tape = new OutputTape(CastHeader.of(80, 24, 0), Printed.of("x"), List.of(), List.of());
        assertThat(Redaction.of(tape, List.of(""))).isSameAs(tape);
    }
}
