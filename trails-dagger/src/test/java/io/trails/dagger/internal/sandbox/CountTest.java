package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountTest {
    @Test
    void one_is_not_told_as_several() {
        assertThat(Count.of(1, "file came back", "files came back", "a")).isEqualTo("1 file came back: a");
        assertThat(Count.of(2, "file came back", "files came back", "a")).isEqualTo("2 files came back, such as a");
        assertThat(new Count(1).of("command", "commands")).isEqualTo("1 command");
        assertThat(new Count(0).of("command", "commands")).isEqualTo("0 commands");
    }

    @Test
    void what_is_lost_is_told_of_one_and_of_several() {
        assertThat(Missing.lost(List.of("a")).message()).startsWith("'a' could").endsWith("is lost with it");
        assertThat(Missing.lost(List.of("a", "b")).message())
                .startsWith("'a', 'b' could")
                .endsWith("are lost with it");
    }
}
