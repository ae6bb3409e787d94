package io.trails.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.AuditLog.Verification;
import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditDamageTest {
    @TempDir
    Path directory;

    private Path file;
    private byte[] whole;
    private List<String> lines;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("audit.jsonl");
        try (var log = open()) {
            for (int i = 1; i <= 4; i++) log.append("test", Optional.of("sä" + i), Map.of("n", "" + i));
        }
        whole = Files.readAllBytes(file);
        lines = Files.readAllLines(file);
    }

    private AuditTrail open() {
        return AuditTrail.open(directory, Clock.systemUTC(), Redactor.of(Map.of()));
    }

    private Verification verify() {
        try (var log = open()) {
            return log.verify();
        }
    }

    private long brokenAt(List<String> changed) throws IOException {
        Files.write(file, changed);
        return verify().brokenAt().orElse(-1);
    }

    private List<String> changed(java.util.function.Consumer<List<String>> change) {
        var copy = new ArrayList<>(lines);
        change.accept(copy);
        return copy;
    }

    @Test
    void a_changed_record_is_found() throws IOException {
        assertThat(brokenAt(changed(l -> l.set(1, l.get(1).replace("\"n\":\"2\"", "\"n\":\"3\"")))))
                .isEqualTo(2);
        assertThat(verify().problem().map(Reason::code)).contains("audit.broken");
        assertThat(verify().records()).isEqualTo(1);
    }

    @Test
    void a_removed_record_is_found() throws IOException {
        assertThat(brokenAt(changed(l -> l.remove(0)))).isEqualTo(1);
        assertThat(brokenAt(changed(l -> l.remove(2)))).isEqualTo(3);
    }

    @Test
    void an_inserted_record_is_found() throws IOException {
        assertThat(brokenAt(changed(l -> l.add(2, l.get(1))))).isEqualTo(3);
        assertThat(brokenAt(changed(l -> l.add(1, "")))).isEqualTo(2);
        assertThat(brokenAt(changed(l -> l.add(1, "garbage")))).isEqualTo(2);
    }

    @Test
    void records_in_another_order_are_found() throws IOException {
        assertThat(brokenAt(changed(l -> Collections.swap(l, 1, 2)))).isEqualTo(2);
    }

    @Test
    void a_record_forged_with_a_right_hash_of_its_own_is_found_at_the_next_one() throws IOException {
        AuditLine third = AuditLine.parse(lines.get(2).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .orElseThrow();
        AuditLine forged = AuditLine.of(
                3,
                third.record().at(),
                "forged",
                Optional.empty(),
                Map.of(),
                third.record().previous());
        assertThat(brokenAt(
                        changed(l -> l.set(2, new String(forged.bytes(), java.nio.charset.StandardCharsets.UTF_8)))))
                .isEqualTo(4);
    }

    @Test
    void a_missing_rotated_file_is_found() throws IOException {
        try (var log = new AuditTrail(directory, Clock.systemUTC(), Redactor.of(Map.of()), 100)) {
            log.append("test", Optional.empty(), Map.of());
            log.append("test", Optional.empty(), Map.of());
        }
        assertThat(verify().intact()).isTrue();
        Files.delete(directory.resolve("audit-000001.jsonl"));
        assertThat(verify().brokenAt()).hasValue(1);
    }

    @Test
    void a_flipped_bit_in_any_byte_is_found() throws IOException {
        // The last line break is no part of a record.
        for (int i = 0; i < whole.length - 1; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);
            Verification found = verify();
            assertThat(found.intact() && found.problem().isEmpty())
                    .as("bit in byte %s", i)
                    .isFalse();
        }
    }

    @Test
    void a_log_cut_anywhere_goes_on_and_what_was_cut_off_is_kept() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Files.write(file, cut);
            long before = verify().records();
            assertThat(verify().intact()).as("cut after %s bytes", length).isTrue();
            boolean torn = verify().problem().isPresent();
            try (var log = open()) {
                var record = log.append("test", Optional.empty(), Map.of());
                assertThat(record.sequence()).isEqualTo(before + 1);
                assertThat(record.details().containsKey(AuditTrail.TORN)).isEqualTo(torn);
                Verification after = log.verify();
                assertThat(after.intact()).as("cut after %s bytes", length).isTrue();
                assertThat(after.records()).isEqualTo(before + 1);
                assertThat(after.problem().map(Reason::code))
                        .isEqualTo(torn ? Optional.of("audit.torn") : Optional.empty());
            }
        }
    }

    @Test
    void a_damaged_end_stops_nobody_and_shows() throws IOException {
        Files.write(file, changed(l -> l.set(3, "garbage")));
        try (var log = open()) {
            assertThat(log.append("test", Optional.empty(), Map.of()).sequence())
                    .isEqualTo(4);
            assertThat(log.verify().brokenAt()).hasValue(4);
            assertThat(log.newest(10)).hasSize(4);
        }
        Files.write(file, new byte[200_000]);
        try (var log = open()) {
            assertThat(log.append("test", Optional.empty(), Map.of()).sequence())
                    .isEqualTo(1);
        }
    }
}
