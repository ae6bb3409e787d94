package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationLogTest {
    @TempDir
    Path place;

    private static Operation operation(String nonce) {
        return new Operation(
                nonce,
                List.of("sh", "-c", "echo 'é\n\"' " + nonce),
                "/workspace",
                List.of("A"),
                true,
                OptionalInt.empty());
    }

    @Test
    void another_jvm_reads_what_was_written_in_order() {
        var log = new OperationLog(place);
        log.began(operation("one"));
        log.ended("one", OptionalInt.of(3));
        log.began(operation("two"));
        assertThat(new OperationLog(place).all())
                .containsExactly(operation("one").ended(3), operation("two"))
                .isEqualTo(log.all());
    }

    @Test
    void what_a_crash_tore_is_left_out() throws IOException {
        var log = new OperationLog(place);
        log.began(operation("one"));
        Files.writeString(place.resolve("operations.jsonl"), "{\"op\":\"tw", StandardOpenOption.APPEND);
        assertThat(new OperationLog(place).all()).containsExactly(operation("one"));
    }

    @Test
    void after_a_restore_later_commands_are_forgotten() {
        var log = new OperationLog(place);
        for (String nonce : List.of("one", "two", "three")) log.began(operation(nonce));
        log.truncate(1);
        assertThat(new OperationLog(place).all()).containsExactly(operation("one"));
        log.cancel("one");
        assertThat(new OperationLog(place).all()).isEmpty();
    }

    @Test
    void of_too_many_the_oldest_are_forgotten_and_that_is_known() {
        var log = new OperationLog(place);
        for (int i = 0; i <= 2_000; i++) log.began(operation("op" + i));
        var again = new OperationLog(place);
        assertThat(again.isForgetful()).isTrue();
        assertThat(again.size()).isLessThanOrEqualTo(2_000);
        assertThat(again.all().get(again.size() - 1).nonce()).isEqualTo("op2000");
        again.clear();
        assertThat(new OperationLog(place).isForgetful()).isFalse();
    }
}
