package io.trails.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import io.trails.internal.audit.CommLog.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommLogTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void an_entry_says_who_how_much_and_what_came_of_it() throws IOException {
        CommLog.open(directory, NOON).append("fix \"it\"", "claude", Direction.TO_AGENT, 42, "delivered");
        assertThat(Files.readAllLines(directory.resolve("agent-comm.log")))
                .containsExactly("{\"at\":\"2026-01-02T12:00:00Z\",\"session\":\"fix \\\"it\\\"\",\"agent\":\"claude\","
                        + "\"direction\":\"TO_AGENT\",\"chars\":42,\"outcome\":\"delivered\"}");
    }

    @Test
    void it_stays_within_twice_its_size() throws IOException {
        var log = new CommLog(directory, NOON, 1000);
        for (int i = 0; i < 100; i++) log.append("s", "a", Direction.FROM_AGENT, i, "ok");
        Path current = directory.resolve("agent-comm.log");
        assertThat(Files.size(current)).isBetween(1L, 1000L);
        assertThat(Files.size(directory.resolve("agent-comm.old.log"))).isBetween(1L, 1000L);
        assertThat(Files.readString(current)).contains("\"chars\":99,");
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "keep");
        Files.createSymbolicLink(directory.resolve("agent-comm.log"), secret);
        assertThatThrownBy(() -> CommLog.open(directory, NOON).append("s", "a", Direction.TO_AGENT, 1, "ok"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("comm-log.unwritable"));
        assertThat(secret).hasContent("keep");
    }
}
