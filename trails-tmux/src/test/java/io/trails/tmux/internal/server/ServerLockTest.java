package io.trails.tmux.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances in one JVM are as strange to each other as two JVMs. */
class ServerLockTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private ServerLock one;
    private ServerLock other;

    @BeforeEach
    void open() {
        one = new ServerLock(Optional.of(directory.resolve("lock")));
        other = new ServerLock(Optional.of(directory.resolve("lock")));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void many_may_share_it_and_then_nobody_has_it_alone() {
        one = new ServerLock(Optional.of(directory.resolve("lock")), Duration.ofMinutes(5));
        ServerLock.Held first = one.shared(NOW).orElseThrow();
        ServerLock.Held second = one.shared(NOW).orElseThrow();
        ServerLock.Held third = other.shared(NOW).orElseThrow();
        assertThat(one.exclusive(NOW)).isEmpty();
        assertThat(other.exclusive(NOW)).isEmpty();

        first.close();
        second.close();
        assertThat(one.exclusive(NOW)).isEmpty();
        third.close();
        one.exclusive(PATIENCE).orElseThrow().close();
    }

    @Test
    void one_that_has_it_alone_keeps_all_others_out() {
        ServerLock.Held held = one.exclusive(PATIENCE).orElseThrow();
        assertThat(one.shared(NOW)).isEmpty();
        assertThat(other.shared(NOW)).isEmpty();
        assertThat(other.exclusive(NOW)).isEmpty();

        held.close();
        other.shared(PATIENCE).orElseThrow().close();
    }

    @Test
    void it_keeps_working_when_its_file_is_deleted() throws Exception {
        one.shared(NOW).orElseThrow().close();
        other.shared(NOW).orElseThrow().close();
        Files.delete(directory.resolve("lock"));

        ServerLock.Held held = one.exclusive(PATIENCE).orElseThrow();
        assertThat(other.shared(Duration.ofMillis(50))).isEmpty();
        held.close();
        other.shared(PATIENCE).orElseThrow().close();
    }

    @Test
    void it_is_followed_through_no_link() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "x");
        Files.createSymbolicLink(directory.resolve("lock"), victim);

        assertThat(one.exclusive(Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void those_who_share_it_all_the_time_let_others_in() throws Exception {
        var stop = new AtomicBoolean();
        var sharing = new CompletableFuture<?>[4];
        for (int i = 0; i < sharing.length; i++) {
            sharing[i] = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    ServerLock.Held held = one.shared(PATIENCE).orElseThrow();
                    Thread.onSpinWait();
                    held.close();
                }
            });
        }
        for (int i = 0; i < 20; i++) other.exclusive(PATIENCE).orElseThrow().close();
        stop.set(true);
        CompletableFuture.allOf(sharing).get(20, TimeUnit.SECONDS);
    }
}
