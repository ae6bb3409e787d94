package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMarksTest {
    @TempDir
    Path own;

    @Test
    void what_runs_is_seen_by_others_until_it_ends() {
        var here = new RunMarks(own);
        var elsewhere = new RunMarks(own);
        assertThat(elsewhere.isRunning()).isFalse();
        try (RunMarks.Mark mark = here.begin()) {
            assertThat(mark.isToStop()).isFalse();
            assertThat(elsewhere.count()).isOne();
        }
        assertThat(elsewhere.isRunning()).isFalse();
        assertThat(own.resolve("run")).isEmptyDirectory();
    }

    @Test
    void others_can_ask_for_the_end_and_learn_that_it_did_not_come() {
        var here = new RunMarks(own);
        try (RunMarks.Mark mark = here.begin()) {
            assertThat(new RunMarks(own).stopAll(Duration.ofMillis(50))).isFalse();
            assertThat(mark.isToStop()).isTrue();
        }
        assertThat(new RunMarks(own).stopAll(Duration.ofSeconds(1))).isTrue();
        assertThat(own.resolve("run")).isEmptyDirectory();
    }

    @Test
    void what_a_dead_jvm_left_does_not_run() throws IOException {
        Files.createDirectories(own.resolve("run"));
        Files.writeString(own.resolve("run/left"), ProcessHandle.current().pid() + " 12345");
        Files.writeString(own.resolve("run/odd"), "no number");
        Files.createFile(own.resolve("run/torn"));
        var marks = new RunMarks(own);
        assertThat(marks.isRunning()).isFalse();
        assertThat(own.resolve("run")).isEmptyDirectory();
    }
}
