package io.trails.internal.engine;

import io.trails.Changes;
import io.trails.Isolation;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A workspace that isolates files: a folder beside the project, kept as long as there is a file called {@code work}. */
class FolderWorkspace implements WorkspaceProvider {
    private final String id;

    FolderWorkspace() {
        this("test.folder");
    }

    FolderWorkspace(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Availability probe(ProbeContext context) {
        return Availability.available();
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of(Isolation.FILES);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        return Plan.empty()
                .with(
                        "folder",
                        request.project().resolveSibling(request.sessionId()).toString());
    }

    @Override
    public Location locate(Plan plan) {
        return new HostDirectory(folder(plan));
    }

    private static Path folder(Plan plan) {
        return Path.of(plan.get("folder"));
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        try {
            Files.createDirectories(folder(plan));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return open(plan, request);
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        if (!Files.isDirectory(folder(plan))) throw new ResourceLostException(folder(plan) + " is gone");
        return new Workspace() {
            @Override
            public Location location() {
                return locate(plan);
            }

            @Override
            public Changes changes() {
                return new Changes(List.of(), List.of());
            }
        };
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        Path folder = folder(plan);
        if (!Files.exists(folder)) return RemovalReport.nothing();
        if (Files.exists(folder.resolve("work"))) {
            return RemovalReport.kept(folder.toString(), Reason.of("test.unsaved", "There is work in it", "Save it"));
        }
        try {
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return RemovalReport.removed(folder.toString(), Reason.of("test.removed", "It was empty"));
    }
}
