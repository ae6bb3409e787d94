package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.TrailsException;
import io.trails.spi.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules about merges that do not succeed. */
abstract class WorkspaceFailedMergeRules extends WorkspaceMergeRules {
    WorkspaceFailedMergeRules() {}

    /** A merge that has to leave everything as it is. */
    private void assertChangesNothing(WorkspaceLife session, Step merge) throws IOException {
        TreePicture project = TreePicture.ofUsersFiles(project());
        FileContents work = FileContents.of(session.files());
        merge.run();
        assertThat(project.differencesTo(TreePicture.ofUsersFiles(project())))
                .as("in the project")
                .isEmpty();
        assertThat(FileContents.of(session.files())).as("in the workspace").isEqualTo(work);
        assertThat(inTarget(project(), "new folder/added.txt")).isEmpty();
    }

    @Test
    @Rule("W-17")
    final void a_conflict_changes_nothing() throws IOException {
        WorkspaceLife session = conflicting("conflict");
        Workspace workspace = session.workspace();
        assertChangesNothing(
                session, () -> assertThat(workspace.merge(request())).isInstanceOf(MergeResult.Conflicted.class));
        assertThat(inTarget(project(), "README.md")).contains(OURS);
    }

    @Test
    @Rule("W-17")
    final void a_preview_that_has_become_stale_changes_nothing() throws IOException {
        WorkspaceLife session = edited("stale");
        Workspace workspace = session.workspace();
        MergePreview beforeTarget = workspace.preview(request());
        advanceTarget(project(), "README.md", OURS);
        MergePreview beforeSession = workspace.preview(request());
        Files.writeString(session.files().resolve("one-more.txt"), "more\n");
        for (MergePreview stale : List.of(beforeTarget, beforeSession)) {
            MergeRequest expecting = request().toBuilder().expecting(stale).build();
            assertChangesNothing(
                    session, () -> assertThat(workspace.merge(expecting)).isInstanceOf(MergeResult.Blocked.class));
        }
    }

    @Test
    @Rule("W-17")
    final void what_a_resolver_throws_ends_the_merge_and_changes_nothing() throws IOException {
        WorkspaceLife session = conflicting("throwing");
        var thrown = new IllegalStateException("the resolver's own");
        MergeRequest throwing = request().toBuilder()
                .resolver((conflict, contents) -> {
                    throw thrown;
                })
                .build();
        assertChangesNothing(
                session,
                () -> assertThatThrownBy(() -> session.workspace().merge(throwing))
                        .isSameAs(thrown));
    }

    @Test
    @Rule("W-17")
    final void a_target_that_does_not_exist_is_not_made() throws IOException {
        WorkspaceLife session = edited("no-target");
        MergeRequest nowhere = MergeRequest.into("no-such-branch");
        assertChangesNothing(
                session,
                () -> assertThatThrownBy(() -> session.workspace().merge(nowhere))
                        .isInstanceOf(TrailsException.class));
        assertThatThrownBy(() -> session.workspace().preview(nowhere)).isInstanceOf(TrailsException.class);
    }

    @Test
    @Rule("W-17")
    final void what_the_user_has_not_saved_in_the_project_is_not_overwritten() throws IOException {
        WorkspaceLife session = edited("dirty");
        Files.writeString(session.files().resolve("README.md"), THEIRS);
        Files.writeString(project().resolve("README.md"), "The user's own, not committed.\n");
        MergeResult result = session.workspace().merge(request());
        assertThat(project().resolve("README.md")).hasContent("The user's own, not committed.\n");
        assertThat(project().resolve("new folder/added.txt").toFile().exists())
                .as("the other files of %s", result)
                .isEqualTo(result instanceof MergeResult.Merged);
    }
}
