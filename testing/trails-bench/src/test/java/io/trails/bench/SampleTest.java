package io.trails.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void an_odd_number_of_runs_has_the_middle_one_as_its_median() {
        assertThat(Sample.of(30, 10, 50, 20, 40)).isEqualTo(new Sample(5, 20, 30, 40));
    }

    @Test
    void an_even_number_of_runs_has_the_mean_of_the_two_in_the_middle_as_its_median() {
        assertThat(Sample.of(40, 10, 20, 30)).isEqualTo(new Sample(4, 17.5, 25, 32.5));
    }

    @Test
    void a_single_run_is_all_of_its_quartiles() {
        assertThat(Sample.of(7)).isEqualTo(new Sample(1, 7, 7, 7));
    }

    @Test
    void the_runs_stay_in_the_order_of_the_caller() {
        long[] runs = {3, 1, 2};

        Sample.of(runs);

        assertThat(runs).containsExactly(3, 1, 2);
    }

    @Test
    void no_run_is_no_sample() {
        assertThatThrownBy(Sample::of).isInstanceOf(IllegalArgumentException.class);
    }
}
