package io.trails.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeContextTest {
    private static ProbeContext within(Duration timeout) {
        return ProbeContext.of(Path.of("").toAbsolutePath(), Map.of("ACME", "1"), timeout);
    }

    private static boolean succeeds(String script) {
        return within(Duration.ofSeconds(20)).succeeds(List.of("/bin/sh", "-c", script));
    }

    @Test
    void a_program_that_works_succeeds() {
        assertThat(succeeds("exit 0")).isTrue();
        assertThat(succeeds("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"))
                .as("whatever it says")
                .isTrue();
        assertThat(succeeds("read line")).as("without an input").isFalse();
    }

    @Test
    void it_sees_what_the_host_wants_to_be_seen() {
        assertThat(succeeds("test \"$ACME\" = 1 && test -z \"$HOME\"")).isTrue();
    }

    @Test
    void a_program_that_fails_or_is_missing_does_not() {
        assertThat(succeeds("exit 3")).isFalse();
        assertThat(within(Duration.ofSeconds(20)).succeeds(List.of("/no/such/program")))
                .isFalse();
    }

    @Test
    void one_that_takes_too_long_is_ended() {
        String unique = "300." + System.nanoTime();
        assertThat(within(Duration.ofSeconds(1)).succeeds(List.of("/bin/sh", "-c", "sleep " + unique + "; :")))
                .isFalse();
        ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(unique))
                .forEach(child -> assertThat(child.onExit())
                        .as("the end of " + child.info())
                        .succeedsWithin(Duration.ofSeconds(20)));
    }

    @Test
    void an_interrupt_is_kept() {
        Thread.currentThread().interrupt();
        assertThat(succeeds("sleep 300")).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
