package io.trails.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.AuditLog.Verification;
import io.trails.AuditRecord;
import io.trails.TrailsException;
import io.trails.internal.files.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AuditTrailTest {
    private static final Redactor NO_SECRETS = Redactor.of(Map.of());

    @TempDir
    Path directory;

    /** Appends until it has done so often enough, is killed or refused. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            try (var log = new AuditTrail(Path.of(args[0]), Clock.systemUTC(), NO_SECRETS, Long.parseLong(args[2]))) {
                for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                    System.out.println(log.append("child", Optional.of("s"), Map.of("i", Integer.toString(i)))
                            .sequence());
                }
            } catch (TrailsException refused) {
                System.out.println(refused.code());
            }
        }
    }

    private AuditTrail open(long full) {
        return new AuditTrail(directory, Clock.systemUTC(), NO_SECRETS, full);
    }

    private AuditTrail open() {
        return AuditTrail.open(directory, Clock.systemUTC(), NO_SECRETS);
    }

    private static AuditRecord append(AuditTrail log, String what) {
        return log.append("test", Optional.empty(), Map.of("what", what));
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void nothing_is_created_before_the_first_record() throws IOException {
        try (var log = open()) {
            assertThat(log.verify())
                    .isEqualTo(new Verification(0, Optional.empty(), java.util.OptionalLong.empty(), Optional.empty()));
            assertThat(log.newest(5)).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void records_are_numbered_chained_and_found_again() {
        try (var log = open()) {
            AuditRecord first = log.append("session.opened", Optional.of("fix"), Map.of("b", "2", "a", "ä\n\ud800"));
            AuditRecord second = append(log, "x");
            assertThat(first.sequence()).isEqualTo(1);
            assertThat(first.previous()).isEqualTo("0".repeat(64));
            assertThat(second.previous()).isEqualTo(first.hash());
            assertThat(log.newest(10)).containsExactly(first, second);
            assertThat(log.newest(1)).containsExactly(second);
            assertThat(log.verify().intact()).isTrue();
            assertThat(log.verify().head()).contains(second.hash());
        }
    }

    @Test
    void anybody_can_check_a_hash_from_the_lines_own_bytes() throws Exception {
        try (var log = open()) {
            append(log, "x");
        }
        String line = Files.readAllLines(file()).get(0);
        String hashed = line.replaceFirst(",\"hash\":\"[0-9a-f]*\"}$", "}");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(hashed.getBytes(StandardCharsets.UTF_8));
        assertThat(line).endsWith(",\"hash\":\"" + HexFormat.of().formatHex(digest) + "\"}");
    }

    @Test
    void instances_continue_each_others_chain() {
        try (var one = open();
                var other = open()) {
            for (int i = 1; i <= 20; i++)
                assertThat(append(i % 3 == 0 ? one : other, "x").sequence()).isEqualTo(i);
        }
        try (var log = open()) {
            assertThat(append(log, "x").sequence()).isEqualTo(21);
            assertThat(log.verify().records()).isEqualTo(21);
        }
    }

    @Test
    void a_full_file_is_rotated_and_the_chain_goes_on() throws IOException {
        try (var log = open(1000)) {
            for (int i = 0; i < 20; i++) append(log, "entry " + i);
            assertThat(files()).hasSizeGreaterThan(4).contains(directory.resolve("audit-000001.jsonl"));
            for (Path file : files()) assertThat(Files.size(file)).isLessThanOrEqualTo(1000);
            assertThat(log.verify().intact()).isTrue();
            assertThat(log.verify().records()).isEqualTo(20);
            assertThat(log.newest(7))
                    .extracting(AuditRecord::sequence)
                    .containsExactly(14L, 15L, 16L, 17L, 18L, 19L, 20L);
        }
    }

    @Test
    void a_record_longer_than_a_file_has_one_of_its_own() {
        try (var log = open(500)) {
            append(log, "x".repeat(2000));
            append(log, "y".repeat(2000));
            assertThat(log.verify().records()).isEqualTo(2);
        }
    }

    @Test
    void a_log_that_was_just_rotated_goes_on_where_it_was() throws IOException {
        try (var log = open()) {
            append(log, "x");
        }
        Files.move(file(), directory.resolve("audit-000007.jsonl"));
        try (var log = open(1)) {
            assertThat(append(log, "y").sequence()).isEqualTo(2);
            assertThat(append(log, "z").sequence()).isEqualTo(3);
            assertThat(log.verify().intact()).isTrue();
        }
        assertThat(directory.resolve("audit-000008.jsonl")).exists();
    }

    @Test
    void several_processes_and_threads_append_whole_records() throws Exception {
        var pool = Executors.newFixedThreadPool(10);
        try (var one = ChildJvm.start(Child.class, directory, 200, 20_000);
                var other = ChildJvm.start(Child.class, directory, 200, 20_000);
                var log = open(20_000)) {
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < 200; i++) results.add(pool.submit(() -> append(log, "here")));
            for (var result : results) result.get(60, TimeUnit.SECONDS);
            assertThat(one.lines()).hasSize(200);
            assertThat(other.lines()).hasSize(200);
            assertThat(log.verify().problem()).isEmpty();
            assertThat(log.verify().records()).isEqualTo(600);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_killed_process_costs_no_record_that_was_acknowledged() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < 5; round++) {
            try (var child = ChildJvm.start(Child.class, directory, Integer.MAX_VALUE, 1_000_000)) {
                for (int i = 0; i <= round * 7; i++)
                    acknowledged = Long.parseLong(child.line().orElseThrow());
                child.kill();
            }
            try (var log = open()) {
                append(log, "after");
                assertThat(log.verify().intact()).isTrue();
                assertThat(log.verify().records()).isGreaterThan(acknowledged);
            }
        }
    }

    @Test
    void a_full_disk_refuses_the_record_and_tears_nothing() throws Exception {
        List<String> lines;
        try (var child = ChildJvm.startWithFileSize(8, Child.class, directory, 100_000, 1_000_000)) {
            lines = child.lines();
        }
        assertThat(lines.get(lines.size() - 1)).isEqualTo("audit.unwritable");
        try (var log = open()) {
            assertThat(log.verify()).satisfies(found -> {
                assertThat(found.intact()).isTrue();
                assertThat(found.problem()).isEmpty();
                assertThat(found.records()).isEqualTo(lines.size() - 1);
            });
        }
    }

    @Test
    void secrets_are_gone_before_anything_is_hashed() throws IOException {
        var redactor = Redactor.of(Map.of("MY_TOKEN", "very-secret-value"));
        try (var log = AuditTrail.open(directory, Clock.systemUTC(), redactor)) {
            AuditRecord record =
                    log.append("test", Optional.of("s very-secret-value"), Map.of("argv", "curl -H very-secret-value"));
            assertThat(record.details()).containsEntry("argv", "curl -H [redacted]");
            assertThat(log.verify().intact()).isTrue();
        }
        assertThat(file()).content().doesNotContain("very-secret-value");
    }

    @Test
    void what_is_in_the_logs_place_is_left_alone_and_reported() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "keep");
        Files.createSymbolicLink(file(), secret);
        try (var log = open()) {
            assertThatThrownBy(() -> append(log, "x"))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("audit.unwritable"));
            assertThatThrownBy(log::verify)
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("audit.unreadable"));
        }
        assertThat(secret).hasContent("keep");
        Files.delete(file());
        Files.createDirectory(file());
        try (var log = open()) {
            assertThatThrownBy(() -> append(log, "x")).isInstanceOf(TrailsException.class);
            Files.delete(file());
            assertThat(append(log, "x").sequence()).isEqualTo(1);
        }
    }

    @Test
    void a_closed_log_takes_nothing() {
        var log = open();
        log.close();
        log.close();
        assertThatThrownBy(() -> append(log, "x")).isInstanceOf(IllegalStateException.class);
    }
}
