package io.trails.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsPageTest {
    @Test
    void a_row_becomes_a_line_of_the_table() {
        var row = new Row(
                "exec",
                "bare",
                Sample.of(900_000, 1_000_000, 1_100_000),
                Sample.of(1_150_000, 1_200_000, 1_250_000),
                Target.ratio(1.25),
                "");

        assertThat(ResultsPage.line(row))
                .isEqualTo("| exec | bare | 1.00 ms (950 µs to 1.05 ms, n=3) | 1.20 ms (1.18 ms to 1.23 ms, n=3)"
                        + " | 1.20x | <= 1.25x | met |");
    }

    @Test
    void a_missed_target_strikes_the_eye() {
        var row =
                new Row("advise", "exists", Sample.of(10), Sample.of(2_000_000), Target.time(Duration.ofMillis(1)), "");

        assertThat(ResultsPage.line(row)).endsWith(" | 200000x | <= 1.00 ms | **missed** |");
    }

    @Test
    void a_row_without_a_target_has_no_verdict() {
        assertThat(ResultsPage.line(new Row("find", "read", Sample.of(10), Sample.of(20), Target.none(), "")))
                .endsWith(" | 2.00x |  |  |");
    }

    @Test
    void times_keep_three_digits_in_a_unit_that_suits_them() {
        assertThat(List.of(
                        ResultsPage.time(7),
                        ResultsPage.time(12_340),
                        ResultsPage.time(123_400_000),
                        ResultsPage.time(1_500_000_000)))
                .containsExactly("7.00 ns", "12.3 µs", "123 ms", "1.50 s");
    }

    @Test
    void a_row_of_memory_is_in_bytes() {
        var row = new Row(
                "idle",
                "bare",
                Sample.of(Sample.Unit.BYTES, 7_250),
                Sample.of(Sample.Unit.BYTES, 8_200),
                Target.bytes(10_000),
                "");

        assertThat(ResultsPage.line(row))
                .isEqualTo("| idle | bare | 7.25 kB (7.25 kB to 7.25 kB, n=1) | 8.20 kB (8.20 kB to 8.20 kB, n=1)"
                        + " | 1.13x | <= 10.0 kB | met |");
    }

    @Test
    void sizes_keep_three_digits_in_a_unit_that_suits_them() {
        assertThat(List.of(ResultsPage.size(7), ResultsPage.size(-12_340), ResultsPage.size(112_400_000)))
                .containsExactly("7 B", "-12.3 kB", "112 MB");
    }

    @Test
    void the_page_names_the_command_the_machine_and_the_notes() {
        var row = new Row("exec", "bare", Sample.of(10), Sample.of(20), Target.none(), "at most 12 MiB.");

        String page = ResultsPage.of("run it", true, List.of("Cores: 2", "JDK: 17"), List.of(row));

        assertThat(page)
                .contains("```\nrun it\n```", "- Cores: 2\n- JDK: 17\n", "\nexec: at most 12 MiB.\n")
                .contains(ResultsPage.line(row))
                .doesNotContain("Not the whole run");
    }

    @Test
    void a_partial_run_says_so() {
        var row = new Row("exec", "bare", Sample.of(10), Sample.of(20), Target.none(), "");

        assertThat(ResultsPage.of("run it", false, List.of(), List.of(row))).contains("**Not the whole run");
    }
}
