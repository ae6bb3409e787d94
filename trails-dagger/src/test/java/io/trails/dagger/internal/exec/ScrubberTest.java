package io.trails.dagger.internal.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ScrubberTest {
    private static final String SECRET = "hunter2-hunter2";

    /** Gives as few bytes at a time as a slow pipe. */
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random;

        private Trickle(byte[] bytes, long seed) {
            super(bytes);
            random = new Random(seed);
        }

        @Override
        public synchronized int read(byte[] buffer, int from, int length) {
            return super.read(buffer, from, Math.min(length, 1 + random.nextInt(7)));
        }
    }

    private static String scrubbed(Scrubber scrubber, InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        scrubber.copy(in, out::write);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String scrubbed(Scrubber scrubber, String text) throws IOException {
        return scrubbed(scrubber, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Example
    void a_secret_is_taken_out_wherever_it_lies() throws IOException {
        Scrubber scrubber = Scrubber.of(List.of(SECRET));
        assertThat(scrubbed(scrubber, SECRET)).isEqualTo("[redacted]");
        assertThat(scrubbed(scrubber, "a" + SECRET + SECRET + "b")).isEqualTo("a[redacted][redacted]b");
        assertThat(scrubbed(scrubber, "hunter2-hunter")).isEqualTo("hunter2-hunter");
        assertThat(scrubbed(scrubber, "hunter2-hunter2-hunter2")).isEqualTo("[redacted]-hunter2");
    }

    @Example
    void of_a_secret_within_another_nothing_is_left() throws IOException {
        Scrubber scrubber = Scrubber.of(List.of("inner", "an-inner-secret"));
        assertThat(scrubbed(scrubber, "an-inner-secret inner")).isEqualTo("[redacted] [redacted]");
    }

    @Example
    void what_is_short_is_no_secret() throws IOException {
        Scrubber scrubber = Scrubber.of(List.of("yes", ""));
        assertThat(scrubber.isIdle()).isTrue();
        assertThat(scrubbed(scrubber, "yes, yes")).isEqualTo("yes, yes");
    }

    @Property(tries = 300)
    void it_does_not_matter_how_the_bytes_arrive(
            @ForAll @IntRange(min = 0, max = 200_000) int around, @ForAll long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("h".repeat(random.nextInt(Math.max(1, around / 40))))
                    .append(SECRET, 0, random.nextInt(SECRET.length() + 1));
        }
        Scrubber scrubber = Scrubber.of(List.of(SECRET, "hunter2"));
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        String whole = text.toString().replace(SECRET, "[redacted]").replace("hunter2", "[redacted]");
        assertThat(scrubbed(scrubber, new ByteArrayInputStream(bytes))).isEqualTo(whole);
        if (bytes.length < 2_000)
            assertThat(scrubbed(scrubber, new Trickle(bytes, seed))).isEqualTo(whole);
    }
}
