package io.trails.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "abc, abc, 0",
        "abc, abd, 1",
        "abc, ab, 1",
        "abc, acb, 1",
        "kitten, sitting, 3"
    })
    void the_distance_counts_insertions_deletions_replacements_and_swaps(String one, String other, int distance) {
        assertThat(Spelling.distance(one, other)).isEqualTo(distance);
        assertThat(Spelling.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void a_word_far_from_all_others_suggests_nothing() {
        assertThat(Spelling.nearest("elephant", List.of("claude", "codex"))).isEmpty();
        assertThat(Spelling.nearest("x".repeat(1_000_000), List.of("claude"))).isEmpty();
    }
}
