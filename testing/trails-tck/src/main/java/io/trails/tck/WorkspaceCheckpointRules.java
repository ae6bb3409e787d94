package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Change;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import io.trails.spi.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a workspace that keeps checkpoints. */
abstract class WorkspaceCheckpointRules extends WorkspaceDiffRules {
    WorkspaceCheckpointRules() {}

    private static void editFurther(Path files) throws IOException {
        Files.writeString(files.resolve("new folder/added.txt"), "other\n");
        Files.writeString(files.resolve("to-delete.txt"), "It is back.\n");
        Files.delete(files.resolve("README.md"));
        Files.write(files.resolve("later.bin"), new byte[] {0, 1, (byte) 0xfe});
    }

    @Test
    @Rule("W-13")
    final void taking_a_checkpoint_writes_nothing_a_user_could_notice() throws IOException {
        WorkspaceLife session = created("take", SessionCapability.CHECKPOINTS);
        Path files = session.files();
        edit(files);
        TreePicture location = TreePicture.ofUsersFiles(files);
        TreePicture project = TreePicture.ofUsersFiles(project());
        List<Change> changes = names(session.workspace().changes());
        session.workspace().checkpoint("a label");
        assertThat(location.differencesTo(TreePicture.ofUsersFiles(files)))
                .as("in the workspace")
                .isEmpty();
        assertThat(project.differencesTo(TreePicture.ofUsersFiles(project())))
                .as("in the project")
                .isEmpty();
        assertThat(names(session.workspace().changes())).isEqualTo(changes);
    }

    @Test
    @Rule("W-13")
    final void restoring_brings_back_every_byte_and_keeps_what_was_there() throws IOException {
        WorkspaceLife session = created("restore", SessionCapability.CHECKPOINTS);
        Workspace workspace = session.workspace();
        Path files = session.files();
        edit(files);
        FileContents edited = FileContents.of(files);
        List<Change> changes = names(workspace.changes());
        Checkpoint checkpoint = workspace.checkpoint("edited");
        editFurther(files);
        FileContents further = FileContents.of(files);

        Checkpoint before = workspace.restore(checkpoint);
        assertThat(FileContents.of(files)).as("restored").isEqualTo(edited);
        assertThat(names(workspace.changes())).isEqualTo(changes);

        workspace.restore(before);
        assertThat(FileContents.of(files)).as("what was there before").isEqualTo(further);
    }

    @Test
    @Rule("W-13")
    final void a_fresh_workspace_can_be_restored() throws IOException {
        WorkspaceLife session = created("fresh", SessionCapability.CHECKPOINTS);
        Path files = session.files();
        FileContents start = FileContents.of(files);
        Checkpoint checkpoint = session.workspace().checkpoint("start");
        edit(files);
        session.workspace().restore(checkpoint);
        assertThat(FileContents.of(files)).isEqualTo(start);
        assertThat(session.workspace().changes().files()).isEmpty();
    }

    @Test
    @Rule("W-13")
    final void a_checkpoint_of_another_session_is_not_restored() throws IOException {
        WorkspaceLife other = created("other", SessionCapability.CHECKPOINTS);
        Checkpoint foreign = other.workspace().checkpoint("foreign");
        WorkspaceLife session = created("own");
        Path files = session.files();
        edit(files);
        FileContents edited = FileContents.of(files);
        assertThatThrownBy(() -> session.workspace().restore(foreign)).isInstanceOf(TrailsException.class);
        assertThat(FileContents.of(files)).isEqualTo(edited);
        assertThat(session.workspace().checkpoints()).isEmpty();
    }

    @Test
    @Rule({"W-12", "W-13"})
    final void checkpoints_can_be_compared() throws IOException {
        WorkspaceLife session = created("compare", SessionCapability.CHECKPOINTS, SessionCapability.DIFF);
        Workspace workspace = session.workspace();
        Path files = session.files();
        edit(files);
        Checkpoint edited = workspace.checkpoint("edited");
        editFurther(files);
        Checkpoint further = workspace.checkpoint("further");
        Files.writeString(files.resolve("last.txt"), "last\n");
        assertThat(paths(workspace, DiffRequest.all().since(further))).containsExactly("last.txt");
        assertThat(paths(workspace, DiffRequest.all().since(edited).until(further)))
                .containsExactlyInAnyOrder("README.md", "later.bin", "new folder/added.txt", "to-delete.txt");
        assertThat(paths(workspace, DiffRequest.all().until(edited)))
                .containsExactlyInAnyOrder("new folder/added.txt", "src/deep/Main.java", "to-delete.txt");
    }

    private static List<String> paths(Workspace workspace, DiffRequest request) {
        List<String> paths = new ArrayList<>();
        workspace.diff(request, diff -> paths.add(diff.change().path()));
        return paths;
    }

    @Test
    @Rule("W-14")
    final void checkpoints_are_listed_oldest_first_also_after_open() throws IOException {
        WorkspaceLife session = created("list", SessionCapability.CHECKPOINTS);
        Path files = session.files();
        assertThat(session.workspace().checkpoints()).isEmpty();
        List<Checkpoint> taken = new ArrayList<>();
        for (String label : List.of("one", "two é 😀", "one")) {
            Files.writeString(files.resolve("count.txt"), taken.size() + "\n");
            taken.add(session.workspace().checkpoint(label));
        }
        FileContents last = FileContents.of(files);
        assertThat(taken).extracting(Checkpoint::id).doesNotHaveDuplicates();
        assertThat(taken).extracting(Checkpoint::label).containsExactly("one", "two é 😀", "one");
        assertThat(taken).extracting(Checkpoint::session).containsOnly("list");
        assertThat(session.workspace().checkpoints()).isEqualTo(taken);

        session.open();
        assertThat(session.workspace().checkpoints()).isEqualTo(taken);
        session.workspace().restore(taken.get(0));
        assertThat(files.resolve("count.txt")).hasContent("0\n");
        session.workspace().restore(taken.get(2));
        assertThat(FileContents.of(files)).isEqualTo(last);
    }
}
