package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Conflict;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Resolution;
import io.trails.SessionCapability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of a workspace whose work can be merged, about merges that succeed. */
abstract class WorkspaceMergeRules extends WorkspaceCheckpointRules {
    static final String OURS = "The target's line.\n";
    static final String THEIRS = "The session's line.\n";

    WorkspaceMergeRules() {}

    /**
     * The branch that gets the work.
     *
     * @return {@code main}, unless overridden
     */
    protected String target() {
        return "main";
    }

    /**
     * Changes a file in the target, as somebody else does meanwhile. The default writes it into the project.
     *
     * @param project the project
     * @param path of the file, relative
     * @param content of the file
     * @throws IOException if that fails
     */
    protected void advanceTarget(Path project, String path, String content) throws IOException {
        Files.writeString(project.resolve(path), content);
    }

    /**
     * Reads a file of the target. The default reads it in the project.
     *
     * @param project the project
     * @param path of the file, relative
     * @return its content in UTF-8, or empty if there is no such file
     * @throws IOException if that fails
     */
    protected Optional<String> inTarget(Path project, String path) throws IOException {
        Path file = project.resolve(path);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /**
     * Commits all work of a session. The default does nothing, for workspaces without commits.
     *
     * @param files the session's directory
     * @throws IOException if that fails
     */
    protected void commit(Path files) throws IOException {}

    final MergeRequest request() {
        return MergeRequest.into(target());
    }

    final WorkspaceLife edited(String name) throws IOException {
        WorkspaceLife session = created(name, SessionCapability.MERGE);
        edit(session.files());
        return session;
    }

    final WorkspaceLife conflicting(String name) throws IOException {
        WorkspaceLife session = edited(name);
        Files.writeString(session.files().resolve("README.md"), THEIRS);
        advanceTarget(project(), "README.md", OURS);
        return session;
    }

    private void assertEditsInTarget() throws IOException {
        assertThat(inTarget(project(), "new folder/added.txt")).contains("new\n");
        assertThat(inTarget(project(), "src/deep/Main.java")).contains("class Main { int longer; }\n");
        assertThat(inTarget(project(), "to-delete.txt")).isEmpty();
    }

    @Test
    @Rule("W-15")
    final void a_preview_writes_nothing_and_says_what_a_merge_does() throws IOException {
        WorkspaceLife session = edited("preview");
        TreePicture names = TreePicture.ofNames(scratch);
        TreePicture before = TreePicture.ofUsersFiles(project());
        MergePreview preview = session.workspace().preview(request());
        // Not the times: git marks objects that it meets again as young.
        assertThat(names.differencesTo(TreePicture.ofNames(scratch)))
                .as("traces")
                .isEmpty();
        assertThat(before.differencesTo(TreePicture.ofUsersFiles(project())))
                .as("in the project")
                .isEmpty();
        assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CLEAN);
        assertThat(preview.target()).isEqualTo(target());
        assertThat(preview.conflicts()).isEmpty();
        assertThat(names(preview.changes())).isEqualTo(names(session.workspace().changes()));
        MergeRequest expecting = request().toBuilder().expecting(preview).build();
        assertThat(session.workspace().merge(expecting))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged -> assertThat(merged.previous()).isEqualTo(preview.targetCommit()));
    }

    @Test
    @Rule("W-15")
    final void a_preview_shows_the_conflicts_of_a_merge_and_writes_nothing() throws IOException {
        WorkspaceLife session = conflicting("conflicts");
        TreePicture names = TreePicture.ofNames(scratch);
        TreePicture before = TreePicture.ofUsersFiles(project());
        MergePreview preview = session.workspace().preview(request());
        // Not the times: git marks objects that it meets again as young.
        assertThat(names.differencesTo(TreePicture.ofNames(scratch)))
                .as("traces")
                .isEmpty();
        assertThat(before.differencesTo(TreePicture.ofUsersFiles(project())))
                .as("in the project")
                .isEmpty();
        assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CONFLICTED);
        assertThat(preview.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.path()).isEqualTo("README.md");
            assertThat(conflict.kind()).isEqualTo(Conflict.Kind.CONTENT);
        });
        assertThat(session.workspace().merge(request()))
                .isInstanceOfSatisfying(
                        MergeResult.Conflicted.class,
                        conflicted ->
                                assertThat(conflicted.preview().conflicts()).isEqualTo(preview.conflicts()));
    }

    @Test
    @Rule({"W-15", "W-16"})
    final void nothing_to_merge_is_up_to_date() throws IOException {
        WorkspaceLife session = created("nothing", SessionCapability.MERGE);
        assertThat(session.workspace().preview(request()).outcome()).isEqualTo(MergePreview.Outcome.UP_TO_DATE);
        assertThat(session.workspace().merge(request())).isInstanceOf(MergeResult.UpToDate.class);
    }

    @Test
    @Rule("W-16")
    final void committed_and_uncommitted_work_gets_to_the_target_once() throws IOException {
        WorkspaceLife session = edited("merge");
        commit(session.files());
        Files.writeString(session.files().resolve("uncommitted.txt"), "not committed\n");
        advanceTarget(project(), "elsewhere.txt", "of the target\n");
        assertThat(session.workspace().merge(request())).isInstanceOf(MergeResult.Merged.class);
        assertEditsInTarget();
        assertThat(inTarget(project(), "uncommitted.txt")).contains("not committed\n");
        assertThat(inTarget(project(), "elsewhere.txt")).contains("of the target\n");
        assertThat(session.workspace().merge(request())).isInstanceOf(MergeResult.UpToDate.class);
        session.open();
        assertThat(session.workspace().merge(request())).isInstanceOf(MergeResult.UpToDate.class);
    }

    @Test
    @Rule("W-16")
    final void decided_conflicts_are_merged_as_decided() throws IOException {
        WorkspaceLife session = conflicting("decided");
        MergeRequest decided = request().toBuilder()
                .resolve("README.md", Resolution.text("Both lines.\n"))
                .build();
        assertThat(session.workspace().preview(decided).conflicts()).isEmpty();
        assertThat(session.workspace().merge(decided)).isInstanceOf(MergeResult.Merged.class);
        assertThat(inTarget(project(), "README.md")).contains("Both lines.\n");
        assertEditsInTarget();
    }

    @Test
    @Rule("W-16")
    final void a_resolver_is_shown_both_sides() throws IOException {
        WorkspaceLife session = conflicting("resolver");
        List<String> shown = new ArrayList<>();
        MergeRequest resolved = request().toBuilder()
                .resolver((conflict, contents) -> {
                    for (Optional<Conflict.Side> side : List.of(conflict.ours(), conflict.theirs())) {
                        shown.add(new String(contents.read(side.orElseThrow()), StandardCharsets.UTF_8));
                    }
                    return Optional.of(Resolution.theirs());
                })
                .build();
        assertThat(session.workspace().merge(resolved)).isInstanceOf(MergeResult.Merged.class);
        assertThat(shown).containsExactly(OURS, THEIRS);
        assertThat(inTarget(project(), "README.md")).contains(THEIRS);
    }
}
