package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTest {
    @Test
    void an_inner_session_carries_the_outer_mark_too() {
        String value = Marks.within(Map.of(Marks.SESSION, "outer.1"), Marks.SESSION, "inner.2");
        assertThat(Marks.contains(value, "outer.1")).isTrue();
        assertThat(Marks.contains(value, "inner.2")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a.1,a.1,true", "a.10,a.1,false", "xa.1,a.1,false", "xa.1:a.1,a.1,true", "a.1:b,b,true", "'',a,false"})
    void only_a_whole_mark_counts(String value, String mark, boolean contained) {
        assertThat(Marks.contains(value, mark)).isEqualTo(contained);
    }
}
