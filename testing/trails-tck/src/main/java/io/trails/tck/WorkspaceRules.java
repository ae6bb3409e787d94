package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.Changes;
import io.trails.SessionCapability;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the rules of workspaces share: how one is asked for, what is done in it, and where its work may be afterwards. */
abstract class WorkspaceRules extends ProviderContract<WorkspaceProvider> {
    WorkspaceRules() {}

    /**
     * Whether work that {@code remove} did not leave where it was, is saved elsewhere, such as on a branch.
     *
     * @param project the project
     * @param path of the file, relative
     * @param content of the file
     * @return true if it can be had back byte for byte; never, unless overridden
     */
    protected boolean isSaved(Path project, String path, String content) {
        return false;
    }

    @Override
    final WorkspaceLife life(String name) throws IOException {
        return life(name, project());
    }

    private WorkspaceLife life(String name, Path project) {
        return life(WorkspaceRequest.builder(name, project, ownDirectory(name, "workspace"))
                .environment(System.getenv())
                .build());
    }

    final WorkspaceLife life(WorkspaceRequest request) {
        return new WorkspaceLife(this::provider, request);
    }

    final WorkspaceLife created(String name, SessionCapability... needed) throws IOException {
        WorkspaceLife life = life(name);
        life.create();
        for (SessionCapability capability : needed) life.assumes(capability);
        return life;
    }

    @Override
    final Optional<Life> doomed() throws IOException {
        return Optional.of(life("doomed", scratch.resolve("no-such-project")));
    }

    /** One file of each kind of change. */
    static void edit(Path files) throws IOException {
        Files.createDirectories(files.resolve("new folder"));
        Files.writeString(files.resolve("new folder/added.txt"), "new\n");
        Files.writeString(files.resolve("src/deep/Main.java"), "class Main { int longer; }\n");
        Files.delete(files.resolve("to-delete.txt"));
    }

    /** The changes without what not every workspace knows of them. */
    static List<Change> names(Changes changes) {
        return changes.files().stream()
                .map(change -> new Change(change.path(), change.kind(), change.previousPath()))
                .toList();
    }

    /** Work of {@link #edit} is where it was, or saved. */
    final void assertNotLost(Path files, String path, String content) throws IOException {
        if (isSaved(project(), path, content)) return;
        assertThat(files.resolve(path)).as("unsaved work").hasContent(content);
    }
}
