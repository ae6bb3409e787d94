package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.daggerdouble.EngineDouble;
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
        String self = RunMarks.named(ProcessHandle.current().pid());
        Files.writeString(own.resolve("run/former"), self.replaceAll(" .*:", " of-a-former-start-of-the-machine:"));
        Files.writeString(own.resolve("run/odd"), "no number");
        Files.createFile(own.resolve("run/torn"));
        var marks = new RunMarks(own);
        assertThat(marks.isRunning()).isFalse();
        assertThat(own.resolve("run")).isEmptyDirectory();
    }

    @Test
    void who_was_started_under_another_clock_lives_and_sees_who_lives() throws Exception {
        assumeTrue(EngineDouble.unavailable().isEmpty(), "Nothing shows a JVM another clock here");
        var here = new RunMarks(own);
        try (RunMarks.Mark mark = here.begin();
                var other = OtherHost.startedAnHourAgo(own)) {
            assertThat(other.saw()).isEqualTo("running elsewhere: true");
            assertThat(mark.isToStop()).isFalse();
            assertThat(here.count()).isEqualTo(2);
            assertThat(here.isRunningElsewhere()).isTrue();
            other.kill();
            await().atMost(LIMIT).until(() -> here.count() == 1);
        }
    }

    @Test
    void who_is_dead_and_not_buried_runs_nothing() throws Exception {
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 300 & echo $!; exec sleep 300").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            ProcessHandle process = ProcessHandle.of(child).orElseThrow();
            Path mark = OtherHost.runs(own, process);
            var marks = new RunMarks(own);
            assertThat(marks.isRunning()).isTrue();
            assertThat(process.destroyForcibly()).isTrue();
            await().atMost(LIMIT).until(() -> !marks.isRunning());
            assertThat(mark).doesNotExist();
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
            assertThat(parent.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
