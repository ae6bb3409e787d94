package io.trails.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoryTest {
    private static final int FILES = 300;

    @TempDir
    Path state;

    /** A sandbox that was just created may still be measuring its files in the background. */
    @RepeatedTest(20)
    void a_directory_goes_although_somebody_still_writes_to_it() {
        var directory = new OwnDirectory(state, state.resolve("sessions/work"));
        directory.resolve("sandbox").create();
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(() -> write(directory.path()));

        directory.delete();

        assertThat(directory.path()).doesNotExist();
        assertThat(writing.join()).isBetween(0, FILES);
        assertThat(directory.path()).doesNotExist();
    }

    private static int write(Path directory) {
        for (int i = 0; i < FILES; i++) {
            try {
                Files.writeString(directory.resolve("sandbox/" + i), "x");
            } catch (NoSuchFileException gone) {
                return i;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return FILES;
    }
}
