package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "*, '', true",
        "*, a/b, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, abd, false",
        "?, a, true",
        "?, '', false",
        "a?, ab, true",
        "*b*, abc, true",
        "a.c, abc, false",
        "a**b, ab, true"
    })
    void stars_match_anything_and_question_marks_one_character(String glob, String text, boolean matches) {
        assertThat(Glob.matches(glob, text)).isEqualTo(matches);
    }

    @Test
    void a_hostile_glob_takes_no_exponential_time() {
        String glob = "*a".repeat(50) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(Glob.matches(glob, "a".repeat(10_000))).isFalse());
    }
}
