package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Output;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class KeptOutputTest {
    @Property(tries = 500)
    void keeps_the_first_and_the_last_half_whatever_the_reads(
            @ForAll @IntRange(max = 300_000) int maxBytes,
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 70_000) Integer> reads,
            @ForAll long seed) {
        var random = new Random(seed);
        var all = new ByteArrayOutputStream();
        var kept = new KeptOutput(maxBytes);
        for (int read : reads) {
            byte[] buffer = kept.buffer();
            var piece = new byte[Math.min(read, buffer.length - kept.from())];
            random.nextBytes(piece);
            System.arraycopy(piece, 0, buffer, kept.from(), piece.length);
            kept.add(piece.length);
            all.writeBytes(piece);
            assertThat(buffer.length - kept.from()).isNotNegative();
        }
        byte[] written = all.toByteArray();
        int tail = Math.max(0, Math.min(maxBytes / 2, written.length - (maxBytes - maxBytes / 2)));
        int head = Math.min(written.length, maxBytes - maxBytes / 2);
        Output expected = Output.of(
                Arrays.copyOf(written, head),
                Arrays.copyOfRange(written, written.length - tail, written.length),
                written.length,
                Optional.empty());
        assertThat(kept.output(Optional.empty())).isEqualTo(expected);
    }
}
