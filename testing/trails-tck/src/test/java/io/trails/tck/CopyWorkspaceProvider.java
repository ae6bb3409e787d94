package io.trails.tck;

import io.trails.Isolation;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps every rule by copying directories: small, slow, and without git. */
class CopyWorkspaceProvider implements WorkspaceProvider {
    private static final String RESCUED = "rescued";

    @Override
    public String id() {
        return "test.copy";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return Files.isDirectory(context.project())
                ? Availability.available()
                : Availability.unavailable(Reason.of("copy.no-directory", "There is nothing to copy", "Create it"));
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of(Isolation.FILES);
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        return Plan.empty()
                .with("session", request.sessionId())
                .with("project", request.project().toString())
                .with("state", request.stateDirectory().toString())
                .with("own", request.directory().toString())
                .with(
                        "files",
                        copies(request.project()).resolve(request.sessionId()).toString());
    }

    private static Path copies(Path project) {
        return project.resolveSibling(project.getFileName() + ".copies");
    }

    private static CopyWorkspace workspace(Plan plan) {
        return new CopyWorkspace(
                plan.get("session"),
                Path.of(plan.get("project")),
                Path.of(plan.get("state")),
                Path.of(plan.get("files")),
                Path.of(plan.get("own")));
    }

    @Override
    public Location locate(Plan plan) {
        return new HostDirectory(Path.of(plan.get("files")));
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        CopyWorkspace workspace = workspace(plan);
        if (!Files.isDirectory(workspace.project())) {
            throw new TrailsException("copy.no-project", workspace.project() + " is no directory");
        }
        if (!Files.exists(workspace.files())) {
            CopiedFiles start = CopiedFiles.read(workspace.project(), workspace.excluded());
            start.writeTo(workspace.own().resolve("start"));
            start.writeTo(workspace.files());
        }
        return workspace;
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        CopyWorkspace workspace = workspace(plan);
        if (!Files.isDirectory(workspace.files())) throw new ResourceLostException(workspace.files() + " is gone");
        return workspace;
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        CopyWorkspace workspace = workspace(plan);
        if (!Files.exists(workspace.files())) return RemovalReport.nothing();
        String what = workspace.files().toString();
        if (!workspace.changes().files().isEmpty()) {
            if (!policy.rescues())
                return RemovalReport.kept(what, Reason.of("copy.unsaved", "There is work", "Merge it"));
            rescue(workspace);
        }
        for (String part : new String[] {"start", "merged", "checkpoints"}) {
            CopiedFiles.delete(workspace.own().resolve(part));
        }
        CopiedFiles.delete(workspace.files());
        return RemovalReport.removed(what, Reason.of("copy.removed", "Its work is saved"));
    }

    private static void rescue(CopyWorkspace workspace) {
        Path trash = copies(workspace.project()).resolve(RESCUED).resolve(workspace.session());
        CopiedFiles.read(workspace.files()).writeTo(trash);
    }

    /** Whether it was rescued of any session. */
    static boolean isRescued(Path project, String path, String content) {
        Path trash = copies(project).resolve(RESCUED);
        if (!Files.exists(trash)) return false;
        try (Stream<Path> sessions = Files.list(trash)) {
            for (Path session : sessions.toList()) {
                Path file = session.resolve(path);
                if (Files.exists(file)
                        && Arrays.equals(Files.readAllBytes(file), content.getBytes(StandardCharsets.UTF_8)))
                    return true;
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
