package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitWatchTest {
    @TempDir
    Path folder;

    @Test
    void a_look_that_fails_is_repeated_after_a_rest() {
        List<Long> looks = new CopyOnWriteArrayList<>();
        var watch = new LimitWatch(
                Limits.builder().processes(5).build(),
                ProcessTable.ofThisSystem(),
                () -> {
                    looks.add(System.nanoTime());
                    throw new IllegalStateException("no look today");
                },
                new DiskGrowth(folder, folder.resolve("baseline"), null),
                breach -> {},
                null);
        try {
            watch.start("test");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> looks.size() >= 4);
        } finally {
            watch.close();
        }
        // A loop without a rest takes microseconds.
        assertThat(Duration.ofNanos(looks.get(3) - looks.get(0))).isGreaterThan(Duration.ofMillis(100));
    }
}
