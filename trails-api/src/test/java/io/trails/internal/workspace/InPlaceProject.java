package io.trails.internal.workspace;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A project in a scratch folder with one in-place session. */
final class InPlaceProject {
    final Path directory;
    final Path own;
    final InPlaceWorkspaceProvider provider = new InPlaceWorkspaceProvider();

    InPlaceProject(Path scratch) throws IOException {
        directory = Files.createDirectories(scratch.resolve("project"));
        own = Files.createDirectories(directory.resolve(".trails/sessions/s/workspace"));
    }

    Path path(String relative) {
        return directory.resolve(relative);
    }

    Path write(String relative, String content) throws IOException {
        Path file = path(relative);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** A file that was written long ago. */
    Path writeOld(String relative, String content) throws IOException {
        Path file = write(relative, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        return file;
    }

    WorkspaceRequest request() {
        return WorkspaceRequest.builder("s", directory, own).build();
    }

    Plan plan() {
        return provider.plan(request());
    }

    Workspace create() {
        return provider.create(plan(), request());
    }

    Changes changes() {
        return new InPlaceWorkspaceProvider().open(plan(), request()).changes();
    }

    void remove() {
        provider.remove(plan(), request(), RemovalPolicy.safe());
    }

    static List<String> lines(Changes changes) {
        List<String> lines = new ArrayList<>();
        for (Change change : changes.files()) {
            lines.add(change.kind() + " "
                    + change.previousPath().map(from -> from + " -> ").orElse("") + change.path());
        }
        return lines;
    }

    static List<String> codes(Changes changes) {
        return changes.caveats().stream().map(Reason::code).toList();
    }

    /** Every entry under the directory. */
    static List<Path> entries(Path directory) {
        try (var all = Files.walk(directory)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
