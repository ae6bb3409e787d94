package io.trails.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @Property
    void any_instant_survives(
            @ForAll @LongRange(min = -31_557_014_167_219_200L, max = 31_556_889_864_403_199L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        Instant instant = Instant.ofEpochSecond(second, nano);
        assertThat(Timestamps.parse(Timestamps.format(instant))).contains(instant);
    }

    @Property
    void any_second_of_the_first_ten_millennia_is_written_as_java_time_does(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second) {
        Instant instant = Instant.ofEpochSecond(second);
        assertThat(Timestamps.format(instant)).isEqualTo(instant.toString());
    }

    @Test
    void the_ends_of_time_survive() {
        assertThat(Timestamps.parse(Timestamps.format(Instant.MAX))).contains(Instant.MAX);
        assertThat(Timestamps.parse(Timestamps.format(Instant.MIN))).contains(Instant.MIN);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-02T03:04:05.123456, 2025-01-02T03:04:05.123456Z",
        "2025-01-02 03:04:05, 2025-01-02T03:04:05Z",
        "2025-01-02T03:04:05+02:00, 2025-01-02T01:04:05Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void other_programs_times_are_understood(String text, Instant instant) {
        assertThat(Timestamps.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z", "1735787045"})
    void what_is_no_time_is_empty(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }
}
