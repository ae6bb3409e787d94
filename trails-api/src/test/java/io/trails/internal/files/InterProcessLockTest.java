package io.trails.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterProcessLockTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    /** Holds the lock of a directory, or tells whether it can be had. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            var lock = new InterProcessLock(Path.of(args[1]), "x");
            try (var held = lock.acquire(SHORT)) {
                System.out.println(held == null ? "nothing" : "held");
                if (args[0].equals("hold")) Thread.currentThread().join();
            } catch (LockTimeoutException busy) {
                System.out.println("busy");
            }
        }
    }

    @Test
    void another_instance_in_this_jvm_waits_and_gives_up_in_time() throws IOException {
        var held = new InterProcessLock(directory, "x").acquire(SHORT);
        assertThatThrownBy(() -> new InterProcessLock(directory, "x").acquire(SHORT))
                .isInstanceOf(LockTimeoutException.class);
        held.close();
        new InterProcessLock(directory, "x").acquire(SHORT).close();
    }

    @Test
    void another_process_waits_even_after_an_instance_here_gave_up_and_closed_its_channel() throws IOException {
        var held = new InterProcessLock(directory, "x").acquire(SHORT);
        assertThatThrownBy(() -> new InterProcessLock(directory, "x").acquire(SHORT))
                .isInstanceOf(LockTimeoutException.class);
        try (var child = ChildJvm.start(Child.class, "try", directory)) {
            assertThat(child.line()).contains("busy");
        }
        held.close();
    }

    @Test
    void a_killed_process_leaves_the_lock_free() throws Exception {
        try (var child = ChildJvm.start(Child.class, "hold", directory)) {
            assertThat(child.line()).contains("held");
            assertThatThrownBy(() -> new InterProcessLock(directory, "x").acquire(SHORT))
                    .isInstanceOf(LockTimeoutException.class);
            child.kill();
        }
        new InterProcessLock(directory, "x").acquire(SHORT).close();
    }

    @Test
    void an_interrupt_neither_ends_the_wait_nor_is_lost() throws IOException {
        Thread.currentThread().interrupt();
        new InterProcessLock(directory, "x").acquire(SHORT).close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_link_in_the_lock_files_place_is_not_followed() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(directory.resolve("x.lock"), elsewhere);
        assertThatThrownBy(() -> new InterProcessLock(directory, "x").acquire(SHORT))
                .isInstanceOf(IOException.class);
        assertThat(elsewhere).doesNotExist();
    }
}
