package io.trails.internal.workspace;

import io.trails.Isolation;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The project directory itself as a workspace: any directory, no git needed. It keeps no copy of anything but one list of
 * the files as they were, so it can tell which files changed and not what the lines were. Changes inside {@code .git} are
 * not the user's files and are not reported; nor is what trails keeps in its state directory, except the settings. Folders
 * are not reported as added or deleted, only the files in them.
 *
 * <p>Symbolic links are never followed. A folder that somebody swaps for a link just while it is read can show the names
 * behind the link; nothing is written there.
 */
public final class InPlaceWorkspaceProvider implements WorkspaceProvider {
    private static final String DIRECTORY = "directory";
    private static final String MANIFEST = "manifest";
    private static final String STATE = "state";

    /** Does nothing. */
    public InPlaceWorkspaceProvider() {}

    @Override
    public String id() {
        return "in-place";
    }

    @Override
    public int preference() {
        return -10;
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of();
    }

    @Override
    public Availability probe(ProbeContext context) {
        if (Files.isDirectory(context.project())) return Availability.available();
        return Availability.unavailable(Reason.of(
                "workspace.no-directory",
                context.project() + " is no directory",
                "Create it, or name the directory of the project"));
    }

    @Override
    public Plan plan(WorkspaceRequest request) {
        Plan plan = Plan.empty()
                .with(DIRECTORY, ProjectDirectory.print(request.project()))
                .with(MANIFEST, ProjectDirectory.print(request.directory().resolve("manifest")));
        Path state = request.stateDirectory();
        return state.equals(TreeWalk.usualState(request.project()))
                ? plan
                : plan.with(STATE, ProjectDirectory.print(state));
    }

    @Override
    public Location locate(Plan plan) {
        return new HostDirectory(directory(plan));
    }

    @Override
    public Workspace create(Plan plan, WorkspaceRequest request) {
        Path directory = directory(plan);
        Path manifest = manifest(plan);
        ProjectDirectory.requireForCreate(directory);
        var file = new ManifestFile(manifest);
        Path state = state(plan, directory);
        if (!file.isComplete()) file.write(new TreeWalk(directory, manifest, state));
        return new InPlaceWorkspace(directory, manifest, state);
    }

    @Override
    public Workspace open(Plan plan, WorkspaceRequest request) {
        Path directory = directory(plan);
        Path manifest = manifest(plan);
        ProjectDirectory.requireForOpen(directory);
        var file = new ManifestFile(manifest);
        if (!file.exists()) throw file.lost();
        return new InPlaceWorkspace(directory, manifest, state(plan, directory));
    }

    @Override
    public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
        Path manifest = manifest(plan);
        try {
            var file = new ManifestFile(manifest);
            if (!file.isOurs()) {
                return RemovalReport.kept(
                        manifest.toString(),
                        Reason.of(
                                "workspace.manifest-foreign",
                                "The stored plan names it as the session's own, but it is no list of files",
                                "See where state.json comes from, and delete the file yourself if it is of no use"));
            }
            if (!file.delete()) return RemovalReport.nothing();
            return RemovalReport.removed(
                    manifest.toString(),
                    Reason.of(
                            "workspace.manifest-removed",
                            "Only the list of the project's files was the session's own"));
        } catch (IOException e) {
            return RemovalReport.kept(
                    manifest.toString(),
                    Reason.of(
                            "workspace.manifest-kept",
                            "The list of the project's files could not be deleted: " + e.getMessage(),
                            "Make its folder writable and remove the session again"));
        }
    }

    private static Path directory(Plan plan) {
        return ProjectDirectory.parse(plan.get(DIRECTORY));
    }

    private static Path manifest(Plan plan) {
        return ProjectDirectory.parse(plan.get(MANIFEST));
    }

    private static Path state(Plan plan, Path directory) {
        Optional<String> elsewhere = plan.find(STATE);
        return elsewhere.isPresent() ? ProjectDirectory.parse(elsewhere.get()) : TreeWalk.usualState(directory);
    }
}
