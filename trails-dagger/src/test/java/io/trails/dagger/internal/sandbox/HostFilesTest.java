package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.dagger.internal.files.Arrival;
import io.trails.spi.HostDirectory;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is laid out on the host for an engine, and what is left of it. */
class HostFilesTest {
    @TempDir
    Path place;

    private SessionPlan plan;
    private HostFiles files;

    @BeforeEach
    void open() throws IOException {
        var root = new HostDirectory(Files.createDirectory(place.resolve("files")));
        SandboxRequest request = SandboxRequest.builder("one", root, place.resolve("own"))
                .bringsBack(false)
                .build();
        plan = SessionPlan.of(request, "default");
        files = new HostFiles(plan, Optional.empty(), request.settings());
    }

    private List<String> arrivals() throws IOException {
        try (Stream<Path> all = Files.list(HostFiles.pendingDirectory(plan))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("arrival-"))
                    .toList();
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_export_that_fails_leaves_nothing() throws IOException {
        assertThatThrownBy(() -> files.staged(staging -> {
                    write(staging.resolve("half"));
                    throw new IllegalStateException("the engine went away");
                }))
                .hasMessage("the engine went away");
        assertThat(arrivals()).isEmpty();
    }

    @Test
    void an_upload_leaves_nothing() throws IOException {
        String read = files.staged(staging -> {
            write(staging.resolve("file"));
            return "uploaded";
        });
        assertThat(read).isEqualTo("uploaded");
        assertThat(arrivals()).isEmpty();
    }

    @Test
    void what_is_pending_stays() throws IOException {
        files.staged(staging -> {
            write(staging.resolve("file"));
            Arrival arrival = files.read(staging, List.of());
            return files.receive(arrival, files.scan().manifest());
        });
        assertThat(arrivals()).hasSize(1);
        assertThat(files.kept("file"))
                .hasValueSatisfying(kept -> assertThat(kept).hasContent("text"));
    }
}
