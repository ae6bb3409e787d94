package io.trails.worktree.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTurnTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Clock NOW = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path common;

    private Path note() {
        return common.resolve("trails/moving");
    }

    @Test
    void only_one_has_a_turn_and_the_next_gets_it_afterwards() {
        try (MoveTurn first = MoveTurn.take(common, LONG, NOW)) {
            assertThat(first.isTaken()).isTrue();
            try (MoveTurn second = MoveTurn.take(common, SHORT, NOW)) {
                assertThat(second.isTaken()).isFalse();
            }
            assertThat(note()).exists();
        }
        assertThat(note()).doesNotExist();
        try (MoveTurn third = MoveTurn.take(common, SHORT, NOW)) {
            assertThat(third.isTaken()).isTrue();
        }
    }

    @Test
    void a_turn_whose_time_is_up_is_over_and_its_holder_does_not_end_the_next_one() {
        MoveTurn slow = MoveTurn.take(common, LONG, NOW);
        try (MoveTurn next = MoveTurn.take(common, SHORT, Clock.offset(NOW, LONG.plusSeconds(1)))) {
            assertThat(next.isTaken()).isTrue();
            slow.close();
            assertThat(note()).exists();
        }
    }

    @Test
    void a_turn_of_a_process_that_is_gone_is_over() throws IOException {
        Files.createDirectories(note().getParent());
        long end = NOW.instant().plus(LONG).toEpochMilli();
        String here = place();
        long pid = ProcessHandle.current().pid();
        for (String left : List.of("999999999 0 " + end + here, pid + " 17 " + end + here, "torn")) {
            Files.writeString(note(), left);
            try (MoveTurn turn = MoveTurn.take(common, SHORT, NOW)) {
                assertThat(turn.isTaken()).as(left).isTrue();
            }
        }
    }

    @Test
    void a_holder_that_started_under_another_clock_has_its_turn() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        assumeTrue(Files.exists(stat), "The kernel counts for nobody here");
        String[] words = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ", -1);
        String here = place();
        long end = NOW.instant().plus(LONG).toEpochMilli();
        Files.writeString(note(), ProcessHandle.current().pid() + " " + words[19] + " " + end + here);
        try (MoveTurn turn = MoveTurn.take(common, SHORT, NOW)) {
            assertThat(turn.isTaken()).isFalse();
        }
    }

    /** As the class writes it: what comes after the time. */
    private String place() throws IOException {
        try (MoveTurn turn = MoveTurn.take(common, SHORT, NOW)) {
            assertThat(turn.isTaken()).isTrue();
            return " " + Files.readString(note()).split(" ", -1)[3] + " x";
        }
    }

    @Test
    void a_holder_that_cannot_be_looked_for_has_its_turn_until_its_time_is_up() throws IOException {
        Files.createDirectories(note().getParent());
        Files.writeString(note(), "999999999 0 " + NOW.instant().plus(LONG).toEpochMilli() + " pid:[1] x");
        try (MoveTurn turn = MoveTurn.take(common, SHORT, NOW)) {
            assertThat(turn.isTaken()).isFalse();
        }
        try (MoveTurn turn = MoveTurn.take(common, SHORT, Clock.offset(NOW, LONG.plusSeconds(1)))) {
            assertThat(turn.isTaken()).isTrue();
        }
    }
}
