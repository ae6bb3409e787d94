package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
class LeftoversTest {
    @TempDir
    private Path folder;

    @Test
    void what_an_export_left_is_emptied_and_nothing_behind_a_link() throws IOException {
        Path staging = Files.createDirectories(folder.resolve("staging"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "the user's");
        Files.createDirectories(staging.resolve("a/b"));
        for (String name : List.of("top", "a/one", "a/b/two")) Files.writeString(staging.resolve(name), "a part");
        Files.createSymbolicLink(staging.resolve("link"), outside);
        Files.createSymbolicLink(staging.resolve("a/b/link"), outside.resolve("file"));
        Leftovers.empty(
                staging, List.of("top", "a/one", "a/b/", "link", "link/file", "a/b/link", "../outside/file", "absent"));
        for (String name : List.of("top", "a/one", "a/b/two")) {
            assertThat(staging.resolve(name)).as(name).isEmptyFile();
        }
        assertThat(outside.resolve("file")).hasContent("the user's");
    }
}
