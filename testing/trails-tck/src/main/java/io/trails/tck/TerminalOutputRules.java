package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.OutputReader;
import io.trails.RemovalPolicy;
import io.trails.TerminalCapability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The rules of a terminal about the bytes that its program prints. */
abstract class TerminalOutputRules extends TerminalViewRules {
    private static final int MANY = 2 << 20;

    TerminalOutputRules() {}

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads until what was read is enough, or nothing comes any more. */
    private static byte[] read(OutputReader reader, Predicate<byte[]> enough) {
        var all = new ByteArrayOutputStream();
        long end = System.nanoTime() + Patience.limit().toNanos();
        while (!enough.test(all.toByteArray()) && System.nanoTime() - end < 0) {
            all.writeBytes(reader.read(64 * 1024, Duration.ofMillis(200)));
        }
        return all.toByteArray();
    }

    private static byte[] readToEnd(OutputReader reader) {
        return read(reader, so -> reader.ended());
    }

    @Test
    @Rule("T-24")
    final void every_byte_is_in_the_stream_up_to_the_end() throws IOException {
        assumeCapability(TerminalCapability.STREAM);
        TerminalLife life = created("bytes", "printf 'a\\001\\377\\303\\251\\033[31mz\\033]0;t\\007\\000end'");
        byte[] expected = concat("a\u0001", new byte[] {-1}, "é\u001b[31mz\u001b]0;t\u0007\0end");
        try (OutputReader reader = life.terminal().output(0)) {
            assertThat(readToEnd(reader)).isEqualTo(expected);
            assertThat(reader.ended()).isTrue();
            assertThat(reader.position()).isEqualTo(expected.length);
            assertThat(reader.skipped()).isZero();
            assertThat(reader.read(10, Duration.ofMinutes(5)))
                    .as("after the end")
                    .isEmpty();
        }
        life.awaitExit();
        life.open();
        try (OutputReader reader = life.terminal().output(2)) {
            assertThat(text(readToEnd(reader))).endsWith("end");
            assertThat(reader.position()).isEqualTo(expected.length);
        }
    }

    private static byte[] concat(String first, byte[] middle, String last) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(middle);
        all.writeBytes(last.getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    @Test
    @Rule("T-24")
    final void a_stream_goes_on_where_it_was_after_the_terminal_is_opened_again() throws IOException {
        assumeCapability(TerminalCapability.STREAM);
        assumeReopenable();
        TerminalLife life = created("resumed", "printf before; " + WAIT_FOR_GO + "printf after");
        long position;
        try (OutputReader reader = life.terminal().output(0)) {
            assertThat(text(read(reader, so -> so.length >= 3))).startsWith("bef");
            position = reader.position();
        }
        life.terminal().detach();
        sandbox().sh("touch go");
        life.open();
        try (OutputReader reader = life.terminal().output(position)) {
            assertThat(text(readToEnd(reader))).isEqualTo("beforeafter".substring((int) position));
        }
    }

    @Test
    @Rule("T-24")
    final void a_reader_that_reads_nothing_holds_up_nobody_and_misses_nothing() throws IOException {
        assumeCapability(TerminalCapability.STREAM);
        TerminalLife life = created(
                "flood",
                "dd if=/dev/zero bs=65536 count=" + MANY / 65_536 + " 2>/dev/null; echo x > done; printf end; " + ECHO);
        try (OutputReader slow = life.terminal().output(0)) {
            life.see("endlistening");
            assertThat(sandbox().sh("cat done")).isEqualTo("x");
            byte[] all = read(slow, so -> so.length >= MANY + "endlistening".length());
            assertThat(slow.skipped()).isZero();
            for (int i = 0; i < MANY; i++) if (all[i] != 0) throw new AssertionError("Byte " + i + " is " + all[i]);
            assertThat(text(all).substring(MANY)).startsWith("endlistening");
        }
    }

    @Test
    @Rule("T-24")
    final void a_stream_from_the_end_has_what_is_printed_from_then_on() throws IOException {
        assumeCapability(TerminalCapability.STREAM);
        TerminalLife life = created("new", "printf before; " + ECHO);
        try (OutputReader whole = life.terminal().output(0)) {
            read(whole, so -> text(so).contains("listening"));
        }
        OutputReader reader = life.terminal().output(OutputReader.END);
        try (reader) {
            assertThat(text(reader.read(100, Duration.ofMillis(50)))).doesNotContain("before");
            assertThat(reader.ended()).isFalse();
            life.terminal().type("after\n");
            assertThat(text(read(reader, so -> text(so).contains("after"))))
                    .contains("after")
                    .doesNotContain("before");
        }
        reader.close();
        assertThatThrownBy(() -> reader.read(1, Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Rule("T-24")
    final void a_reader_that_waits_learns_of_the_end_whoever_brings_it_about() throws Exception {
        assumeCapability(TerminalCapability.STREAM);
        TerminalLife exits = created("exits", "printf words; read x; exit 3");
        TerminalLife removed = created("removed", "printf words; exec sleep 300");
        TerminalLife stopped = created("stopped", "printf words; exec sleep 300");
        try (OutputReader ofExits = atWords(exits);
                OutputReader ofRemoved = atWords(removed);
                OutputReader ofStopped = atWords(stopped)) {
            FutureTask<Boolean> exit = waiting(ofExits);
            FutureTask<Boolean> removal = waiting(ofRemoved);
            FutureTask<Boolean> stop = waiting(ofStopped);
            exits.terminal().type("\n");
            removed.remove(RemovalPolicy.safe().endingProcesses());
            assertEndSeen(exit);
            assertEndSeen(removal);
            sandbox().sandbox().stop();
            assertEndSeen(stop);
        }
    }

    private static OutputReader atWords(TerminalLife life) {
        life.see("words");
        return life.terminal().output(OutputReader.END);
    }

    private static FutureTask<Boolean> waiting(OutputReader reader) {
        var waiting = new FutureTask<>(() -> {
            while (!reader.ended()) reader.read(1_000, Duration.ofMinutes(5));
            return true;
        });
        Patience.start(waiting);
        return waiting;
    }

    private static void assertEndSeen(FutureTask<Boolean> waiting) throws Exception {
        assertThat(waiting.get(Patience.limit().toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
