package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMarksTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

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
    void what_begins_while_the_end_is_waited_for_is_asked_as_well() throws Exception {
        var here = new RunMarks(own);
        CompletableFuture<Boolean> ended;
        RunMarks.Mark next;
        try (RunMarks.Mark first = here.begin()) {
            ended = CompletableFuture.supplyAsync(() -> new RunMarks(own).stopAll(LIMIT));
            await().atMost(LIMIT).until(first::isToStop);
            next = here.begin();
        }
        try (next) {
            await().atMost(LIMIT).until(next::isToStop);
            assertThat(ended).isNotDone();
        }
        assertThat(ended.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
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
