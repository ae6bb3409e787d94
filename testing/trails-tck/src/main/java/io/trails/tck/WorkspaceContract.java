package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What every workspace provider has to keep: {@code W-01} to {@code W-18} and {@code P-01} to {@code P-11}. An author
 * writes:
 *
 * <pre>{@code
 * class AcmeWorkspaceTest extends WorkspaceContract {
 *     @Override protected WorkspaceProvider provider() { return new AcmeWorkspaceProvider(); }
 * }
 * }</pre>
 *
 * <p>A provider that needs a repository or the like overrides {@link #project(Path)}; one whose target of merges is not the
 * project's own files overrides {@link #advanceTarget} and {@link #inTarget}, too. Tests that edit files are skipped where the
 * location is no {@link HostDirectory}, and what a workspace does not declare as a capability is skipped. A workspace has no
 * secret, so {@code P-06} is not tested.
 */
public abstract class WorkspaceContract extends WorkspaceRescueRules {
    /** For subclasses. */
    protected WorkspaceContract() {}

    @Test
    @Rule("W-01")
    final void the_location_is_known_before_and_does_not_change() throws IOException {
        WorkspaceLife session = life("locate");
        Plan plan = session.stored();
        TreePicture before = TreePicture.of(scratch);
        Location planned = provider().locate(plan);
        assertThat(before.differencesTo(TreePicture.of(scratch))).as("traces").isEmpty();
        assertThat(planned).isInstanceOf(provider().locationType());
        session.create();
        assertThat(session.workspace().location()).isEqualTo(planned);
        session.open();
        assertThat(session.workspace().location()).isEqualTo(planned);
    }

    @Test
    @Rule("W-02")
    final void creating_leaves_the_projects_files_as_they_were() throws IOException {
        TreePicture before = TreePicture.ofUsersFiles(project());
        life("create").create();
        assertThat(before.differencesTo(TreePicture.ofUsersFiles(project()))).isEmpty();
    }

    @Test
    @Rule("W-03")
    final void a_fresh_workspace_has_no_changes() throws IOException {
        WorkspaceLife session = life("fresh");
        session.create();
        assertThat(session.workspace().changes().files()).isEmpty();
    }

    @Test
    @Rule("W-04")
    final void added_modified_and_deleted_files_are_reported_as_such() throws IOException {
        WorkspaceLife session = life("edit");
        session.create();
        edit(session.files());
        assertEdits(session.workspace().changes());
    }

    private static void assertEdits(Changes changes) {
        assertReported(changes, Change.of("new folder/added.txt", Change.Kind.ADDED));
        assertReported(changes, Change.of("src/deep/Main.java", Change.Kind.MODIFIED));
        assertReported(changes, Change.of("to-delete.txt", Change.Kind.DELETED));
    }

    /** A caveat excuses a missing change only if it names the file or admits that the list is not complete at all. */
    private static void assertReported(Changes changes, Change expected) {
        if (names(changes).contains(expected)) return;
        assertThat(changes.caveats())
                .as("%s is not among %s, so a caveat has to name it", expected, changes.files())
                .anySatisfy(caveat -> assertThat(caveat.message()).contains(expected.path()));
    }

    @Test
    @Rule("W-04")
    final void a_file_that_keeps_its_size_is_reported_as_modified() throws IOException {
        WorkspaceLife session = life("same-size");
        session.create();
        Path file = session.files().resolve("README.md");
        Files.writeString(file, Files.readString(file).replace('A', 'B'));
        assertReported(session.workspace().changes(), Change.of("README.md", Change.Kind.MODIFIED));
    }

    @Test
    @Rule("W-05")
    final void asking_for_changes_writes_nothing() throws IOException {
        WorkspaceLife session = life("ask");
        session.create();
        Path files = session.files();
        edit(files);
        TreePicture location = TreePicture.ofUsersFiles(files);
        TreePicture project = TreePicture.ofUsersFiles(project());
        assertThat(session.workspace().changes().files()).isNotEmpty();
        assertThat(location.differencesTo(TreePicture.ofUsersFiles(files)))
                .as("in the workspace")
                .isEmpty();
        assertThat(project.differencesTo(TreePicture.ofUsersFiles(project())))
                .as("in the project")
                .isEmpty();
    }

    @Test
    @Rule("W-06")
    final void removing_loses_no_byte() throws IOException {
        WorkspaceLife session = life("work");
        session.create();
        Path files = session.files();
        edit(files);
        RemovalReport report = session.remove(RemovalPolicy.safe().endingProcesses());
        assertNotLost(files, "new folder/added.txt", "new\n");
        assertNotLost(files, "src/deep/Main.java", "class Main { int longer; }\n");
        boolean left = Files.exists(files.resolve("new folder/added.txt")) && !files.equals(project());
        if (left) assertThat(report.kept()).as("report of what was kept").isNotEmpty();
    }

    @Test
    @Rule("W-07")
    final void changes_after_open_are_against_the_same_point() throws IOException {
        WorkspaceLife session = life("point");
        session.create();
        edit(session.files());
        Changes before = session.workspace().changes();
        session.open();
        assertThat(session.workspace().changes()).isEqualTo(before);
        assertEdits(session.workspace().changes());
    }

    @Test
    @Rule("W-08")
    final void two_sessions_do_not_see_each_others_bookkeeping() throws IOException {
        WorkspaceLife first = life("first");
        first.create();
        WorkspaceLife second = life("second");
        second.create();
        assertThat(first.workspace().changes().files()).isEmpty();
        assertThat(second.workspace().changes().files()).isEmpty();
        second.remove(RemovalPolicy.safe());
        first.open();
        assertThat(first.workspace().changes().files()).isEmpty();
        edit(first.files());
        assertEdits(first.workspace().changes());
    }

    @Test
    @Rule("W-09")
    final void isolated_files_are_not_seen_in_the_project() throws IOException {
        assumeTrue(provider().isolates().contains(Isolation.FILES), "the provider does not isolate files");
        WorkspaceLife session = life("isolated");
        session.create();
        TreePicture before = TreePicture.ofUsersFiles(project());
        edit(session.files());
        assertThat(before.differencesTo(TreePicture.ofUsersFiles(project()))).isEmpty();
    }

    @Test
    @Rule("W-10")
    final void the_state_of_trails_is_no_change_wherever_it_is() throws IOException {
        Path state = Files.createDirectories(project().resolve("tools/state"));
        Files.writeString(state.resolve(".gitignore"), "*\n!settings.json\n");
        WorkspaceLife session = life(WorkspaceRequest.builder("elsewhere", project(), state.resolve("sessions/own"))
                .stateDirectory(state)
                .environment(System.getenv())
                .build());
        session.create();
        Files.writeString(state.resolve("audit.jsonl"), "{}\n");
        Files.writeString(state.resolve(".gitignore"), "*\n!settings.json\n# changed\n");
        assertThat(session.workspace().changes().files()).isEmpty();
        session.open();
        assertThat(session.workspace().changes().files()).isEmpty();
    }
}
