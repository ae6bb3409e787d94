package io.trails.dagger.internal.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trails.TrailsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a recipe's secrets are read from. */
class SecretValuesTest {
    @TempDir
    Path folder;

    private static SecretValues read(Path file) {
        return SecretValues.read(Map.of("ACME", "file:" + file), Map.of());
    }

    @Test
    void a_file_is_read_without_its_last_line_feed() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
        assertThat(read(Files.createSymbolicLink(folder.resolve("link"), file)).values())
                .containsExactly("s3cret");
    }

    @Test
    void nobody_waits_for_what_never_ends() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> read(pipe))
                        .isInstanceOf(TrailsException.class)
                        .hasMessageContaining("no ordinary file")
                        .extracting("code")
                        .isEqualTo("dagger.secret-missing"));
    }
}
