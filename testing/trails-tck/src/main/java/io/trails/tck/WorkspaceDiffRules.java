package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Change;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.SessionCapability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a workspace that tells lines. */
abstract class WorkspaceDiffRules extends WorkspaceRules {
    private static final byte[] BINARY = {0, 1, 2, (byte) 0xff, '\n', 0, 3};

    WorkspaceDiffRules() {}

    /**
     * Applies a patch. The default runs {@code git apply}, and skips the test where there is no git.
     *
     * @param patch a file
     * @param directory what it is applied to; in no repository
     * @throws IOException if it does not apply
     */
    protected void apply(Path patch, Path directory) throws IOException {
        GitApply.run(patch, directory);
    }

    private static void editLines(Path files) throws IOException {
        edit(files);
        Files.writeString(files.resolve("README.md"), "A project.\nWith a line that has no end.");
        Files.writeString(files.resolve("it's.txt"), "é\r\n");
    }

    private static List<FileDiff> diffs(WorkspaceLife session, DiffRequest request) {
        List<FileDiff> diffs = new ArrayList<>();
        session.workspace().diff(request, diffs::add);
        return diffs;
    }

    @Test
    @Rule("W-12")
    final void a_diff_has_the_files_of_the_changes_in_their_order() throws IOException {
        WorkspaceLife session = created("files", SessionCapability.DIFF);
        editLines(session.files());
        List<Change> told = diffs(session, DiffRequest.all()).stream()
                .map(diff -> new Change(
                        diff.change().path(),
                        diff.change().kind(),
                        diff.change().previousPath()))
                .toList();
        assertThat(told).isEqualTo(names(session.workspace().changes())).hasSize(5);
    }

    @Test
    @Rule("W-12")
    final void the_lines_of_a_diff_turn_the_starting_point_into_the_files_as_they_are() throws IOException {
        WorkspaceLife session = created("lines", SessionCapability.DIFF);
        Path files = session.files();
        FileContents start = FileContents.of(files);
        editLines(files);
        for (FileDiff diff : diffs(session, DiffRequest.all())) {
            assertThat(diff.binary()).as("%s has lines", diff.change()).isFalse();
            assertThat(diff.cut()).isFalse();
            String path = diff.change().path();
            String old = start.text(diff.change().previousPath().orElse(path));
            assertThat(Hunks.applied(diff.hunks(), old))
                    .as(path)
                    .isEqualTo(FileContents.of(files).text(path));
        }
    }

    @Test
    @Rule("W-12")
    final void a_file_without_lines_has_none() throws IOException {
        WorkspaceLife session = created("binary", SessionCapability.DIFF);
        Files.write(session.files().resolve("image.bin"), BINARY);
        assertThat(diffs(session, DiffRequest.all())).singleElement().satisfies(diff -> {
            assertThat(diff.binary()).isTrue();
            assertThat(diff.hunks()).isEmpty();
        });
    }

    @Test
    @Rule("W-12")
    final void a_patch_turns_the_starting_point_into_the_files_as_they_are() throws IOException {
        WorkspaceLife session = created("patch", SessionCapability.DIFF);
        Path files = session.files();
        Path copy = FileContents.of(files).writeTo(scratch.resolve("copy"));
        editLines(files);
        Files.write(files.resolve("image.bin"), BINARY);
        Path patch = scratch.resolve("work.patch");
        try (OutputStream out = Files.newOutputStream(patch)) {
            session.workspace().writePatch(DiffRequest.all(), out);
        }
        apply(patch, copy);
        assertThat(FileContents.of(copy)).isEqualTo(FileContents.of(files));
    }

    @Test
    @Rule("W-12")
    final void a_diff_can_be_of_some_paths_and_of_few_lines() throws IOException {
        WorkspaceLife session = created("part", SessionCapability.DIFF);
        Path files = session.files();
        Files.createDirectories(files.resolve("sub*"));
        Files.writeString(files.resolve("sub*/long.txt"), "line\n".repeat(100));
        Files.createDirectories(files.resolve("sub-other"));
        Files.writeString(files.resolve("sub-other/x.txt"), "x\n");
        List<FileDiff> diffs = diffs(session, DiffRequest.all().paths("sub*").linesPerFile(10));
        assertThat(diffs).singleElement().satisfies(diff -> {
            assertThat(diff.change().path()).isEqualTo("sub*/long.txt");
            assertThat(diff.cut()).isTrue();
            assertThat(diff.hunks().stream()
                            .mapToInt(hunk -> hunk.lines().size())
                            .sum())
                    .isLessThanOrEqualTo(10);
        });
    }

    @Test
    @Rule("W-12")
    final void what_a_reader_throws_ends_the_diff_and_is_thrown_on() throws IOException {
        WorkspaceLife session = created("reader", SessionCapability.DIFF);
        editLines(session.files());
        var thrown = new IllegalStateException("the reader's own");
        List<FileDiff> seen = new ArrayList<>();
        assertThatThrownBy(() -> session.workspace().diff(DiffRequest.all(), diff -> {
                    seen.add(diff);
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(seen).hasSize(1);
    }

    @Test
    @Rule("W-12")
    final void a_patch_that_cannot_be_written_says_so() throws IOException {
        WorkspaceLife session = created("full", SessionCapability.DIFF);
        editLines(session.files());
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> session.workspace().writePatch(DiffRequest.all(), full))
                .extracting("code")
                .isEqualTo("workspace.patch-unwritten");
    }
}
