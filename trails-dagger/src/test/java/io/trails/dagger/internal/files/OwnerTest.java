package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnerTest {
    private static final int START = 19;

    private final String name = Owner.newName("arrival-");

    private String own() {
        return name.substring("arrival-".length());
    }

    @Test
    void what_a_living_process_named_is_not_abandoned() {
        assertThat(Owner.isAbandoned(name, "arrival-")).isFalse();
        assertThat(Owner.isAbandoned(name, "scratch-")).isFalse();
        assertThat(Owner.lives(own())).isTrue();
    }

    @Test
    void what_one_named_that_has_ended_is() {
        String before = own().replaceFirst("-[0-9a-z]+", "-0");
        String elsewhere = own().replaceFirst("-([0-9]+)-(?=[0-9a-f]{32}$)", "-1$1-");
        String unknown = own().replaceFirst("-[0-9a-z]+", "-");
        assertThat(Owner.isAbandoned("arrival-" + before, "arrival-")).isTrue();
        assertThat(Owner.lives(before)).isFalse();
        for (String other : new String[] {elsewhere, unknown, "no owner"}) {
            assertThat(Owner.isAbandoned("arrival-" + other, "arrival-"))
                    .as(other)
                    .isFalse();
            assertThat(Owner.lives(other)).as(other).isFalse();
        }
    }

    @Test
    void a_process_is_told_by_the_count_of_the_kernel_which_no_clock_moves() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        assumeTrue(Files.exists(stat), "The kernel counts for nobody here");
        String[] words = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ", -1);
        assertThat(own().split("-", -1)[1]).endsWith(words[START]);
    }
}
