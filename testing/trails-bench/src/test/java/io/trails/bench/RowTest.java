package io.trails.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void the_ratio_is_that_of_the_medians() {
        assertThat(row(4, 5, Target.none()).ratio()).isEqualTo(1.25);
    }

    @Test
    void a_ratio_is_met_up_to_its_bound() {
        assertThat(row(4, 5, Target.ratio(1.25)).verdict()).isEqualTo(Row.Verdict.MET);
        assertThat(row(4, 6, Target.ratio(1.25)).verdict()).isEqualTo(Row.Verdict.MISSED);
    }

    @Test
    void a_time_is_met_whatever_the_baseline_took() {
        assertThat(row(1, 1_000_000, Target.time(Duration.ofMillis(1))).verdict())
                .isEqualTo(Row.Verdict.MET);
        assertThat(row(9_000_000, 1_000_001, Target.time(Duration.ofMillis(1))).verdict())
                .isEqualTo(Row.Verdict.MISSED);
    }

    @Test
    void a_size_is_met_whatever_the_baseline_needed() {
        var bare = Sample.of(Sample.Unit.BYTES, 1);

        assertThat(new Row("what", "against", bare, Sample.of(Sample.Unit.BYTES, 10), Target.bytes(10), "").verdict())
                .isEqualTo(Row.Verdict.MET);
        assertThat(new Row("what", "against", bare, Sample.of(Sample.Unit.BYTES, 11), Target.bytes(10), "").verdict())
                .isEqualTo(Row.Verdict.MISSED);
    }

    @Test
    void bytes_are_not_compared_with_times() {
        assertThatThrownBy(() ->
                        new Row("what", "against", Sample.of(1), Sample.of(Sample.Unit.BYTES, 1), Target.none(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("what");
    }

    @Test
    void without_a_target_there_is_nothing_to_meet() {
        assertThat(row(1, 1000, Target.none()).verdict()).isEqualTo(Row.Verdict.NO_TARGET);
    }

    private static Row row(long baseline, long trails, Target target) {
        return new Row("what", "against", Sample.of(baseline), Sample.of(trails), target, "");
    }
}
