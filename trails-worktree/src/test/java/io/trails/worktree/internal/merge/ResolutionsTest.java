package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Conflict;
import io.trails.HunkChoice;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Resolution;
import io.trails.Resolution.Which;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionsTest {
    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void repository() throws IOException {
        fixture = MergeFixture.in(directory);
    }

    /** Two places that conflict and one that does not. */
    private void twoPlaces() throws IOException {
        fixture.main().write("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n");
        fixture.open();
        fixture.main()
                .write("a", "1\n2o\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14o\n15\n")
                .commit("ours");
        fixture.session().write("a", "1\n2t\n3\n4\n5\n6\n7\n8t\n9\n10\n11\n12\n13\n14t\n15\n");
    }

    private static MergeRequest with(String path, Resolution resolution) {
        return MergeRequest.builder().resolve(path, resolution).build();
    }

    private void merged(MergeRequest request) {
        assertThat(fixture.merger().preview(request).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(fixture.merger().merge(request)).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.main().git("ls-files")).doesNotContain("~");
    }

    @Test
    void places_are_decided_one_by_one_and_the_rest_is_merged() throws IOException {
        twoPlaces();

        merged(with("a", Resolution.hunks(HunkChoice.sides(Which.THEIRS, Which.OURS), HunkChoice.lines(List.of("x")))));

        assertThat(fixture.main().read("a")).isEqualTo("1\n2t\n2o\n3\n4\n5\n6\n7\n8t\n9\n10\n11\n12\n13\nx\n15\n");
    }

    @Test
    void line_ends_stay_as_the_file_has_them() throws IOException {
        fixture.main().write("a", "1\r\n2\r\n3\r\n");
        fixture.open();
        fixture.main().write("a", "1\r\no\r\n3\r\n").commit("ours");
        fixture.session().write("a", "1\r\nt\r\n3\r\n");

        assertThat(fixture.merger()
                        .preview(MergeRequest.builder().build())
                        .conflicts()
                        .get(0)
                        .hunks()
                        .get(0)
                        .ours())
                .containsExactly("o");
        merged(with("a", Resolution.hunks(HunkChoice.lines(List.of("x", "y")))));

        assertThat(fixture.main().git("cat-file", "blob", "main:a")).isEqualTo("1\r\nx\r\ny\r\n3");
    }

    @Test
    void each_side_can_be_taken() throws IOException {
        twoPlaces();
        String theirs = fixture.session().read("a");

        merged(with("a", Resolution.theirs()));

        assertThat(fixture.main().read("a")).isEqualTo(theirs);
    }

    @Test
    void to_take_the_side_that_deleted_a_file_deletes_it() throws IOException {
        fixture.main().write("a", "1\n").write("b", "1\n");
        fixture.open();
        fixture.main().write("a", "2\n").write("b", "2\n").commit("ours");
        fixture.session().git("rm", "-q", "a", "b");

        merged(MergeRequest.builder()
                .resolve("a", Resolution.theirs())
                .resolve("b", Resolution.base())
                .build());

        assertThat(fixture.main().path("a")).doesNotExist();
        assertThat(fixture.main().read("b")).isEqualTo("1\n");
    }

    @Test
    void who_takes_a_side_of_a_file_that_is_renamed_twice_takes_its_name() throws IOException {
        fixture.main().write("a", "1\n2\n3\n4\n5\n");
        fixture.open();
        fixture.main().git("mv", "a", "b");
        fixture.main().commit("ours");
        fixture.session().git("mv", "a", "c");

        merged(with("b", Resolution.theirs()));

        assertThat(fixture.main().git("ls-files")).isEqualTo("c");
    }

    @Test
    void a_file_and_a_directory_of_one_name_become_what_was_chosen() throws IOException {
        fixture.main().write("a", "1\n");
        fixture.open();
        fixture.main().write("a", "2\n").commit("ours");
        fixture.session().git("rm", "-q", "a");
        fixture.session().write("a/b", "b\n");

        assertThat(fixture.merger()
                        .preview(with("a", Resolution.theirs()))
                        .changes()
                        .files())
                .extracting(change -> change.path() + " " + change.kind())
                .containsExactly("a DELETED", "a/b ADDED");
        merged(with("a", Resolution.theirs()));

        assertThat(fixture.main().read("a/b")).isEqualTo("b\n");
        assertThat(fixture.main().git("ls-files")).isEqualTo("a/b");
    }

    @Test
    void a_file_can_take_the_place_of_a_directory() throws IOException {
        fixture.main().write("a", "1\n");
        fixture.open();
        fixture.main().write("a", "2\n").commit("ours");
        fixture.session().git("rm", "-q", "a");
        fixture.session().write("a/b", "b\n");

        merged(with("a", Resolution.text("file\n")));

        assertThat(fixture.main().read("a")).isEqualTo("file\n");
    }

    @Test
    void different_types_become_the_one_that_was_chosen() throws IOException {
        fixture.main().write("x", "x");
        fixture.open();
        Files.createSymbolicLink(fixture.main().path("a"), Path.of("x"));
        fixture.main().commit("ours");
        fixture.session().write("a", "file\n");

        merged(with("a", Resolution.theirs()));

        assertThat(fixture.main().path("a")).isRegularFile().hasContent("file\n");
        assertThat(fixture.main().git("ls-files")).isEqualTo("a\nx");
    }

    @Test
    void a_resolver_is_asked_about_what_is_open_and_can_read_all_sides() throws IOException {
        twoPlaces();
        fixture.main().write("b", "ours\n").commit("more");
        fixture.session().write("b", "theirs\n");
        var asked = new ArrayList<String>();
        MergeRequest request = MergeRequest.builder()
                .resolve("b", Resolution.ours())
                .resolver((conflict, contents) -> {
                    asked.add(conflict.path());
                    byte[] theirs = contents.read(conflict.theirs().orElseThrow());
                    return Optional.of(Resolution.text(new String(theirs, StandardCharsets.UTF_8) + "asked\n"));
                })
                .build();

        assertThat(fixture.merger().preview(request).conflicts())
                .extracting(Conflict::path)
                .containsExactly("a");
        assertThat(fixture.merger().merge(request)).isInstanceOf(MergeResult.Merged.class);

        assertThat(asked).containsExactly("a");
        assertThat(fixture.main().read("a")).endsWith("15\nasked\n");
        assertThat(fixture.main().read("b")).isEqualTo("ours\n");
    }

    @Test
    void what_a_resolver_throws_ends_the_merge_and_changes_nothing() throws IOException {
        twoPlaces();
        var before = fixture.state();
        MergeRequest request = MergeRequest.builder()
                .resolver((conflict, contents) -> {
                    throw new IllegalStateException("mine");
                })
                .build();

        assertThatThrownBy(() -> fixture.merger().merge(request)).hasMessage("mine");
        assertThat(fixture.state()).isEqualTo(before);
    }

    @Test
    void what_a_resolver_leaves_open_stays_a_conflict() throws IOException {
        twoPlaces();
        MergeRequest request = MergeRequest.builder()
                .resolver((conflict, contents) -> Optional.empty())
                .build();

        assertThat(fixture.merger().merge(request)).isInstanceOf(MergeResult.Conflicted.class);
    }

    @Test
    void a_resolution_that_fits_no_conflict_is_a_callers_bug() throws IOException {
        twoPlaces();

        assertThatThrownBy(() -> fixture.merger().merge(with("nowhere", Resolution.ours())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> fixture.merger().preview(with("a", Resolution.hunks(HunkChoice.ours()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2");
    }

    @Test
    void markers_that_were_left_are_refused_unless_they_are_meant() throws IOException {
        twoPlaces();
        MergeRequest request = with("a", Resolution.text("<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"));

        assertThat(fixture.merger().merge(request))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo("worktree.markers-left"));
        assertThat(fixture.merger().preview(request).outcome()).isEqualTo(Outcome.BLOCKED);
        merged(request.toBuilder().allowMarkers().build());
    }

    @Test
    void a_title_underlined_with_equal_signs_is_no_marker() throws IOException {
        twoPlaces();

        merged(with("a", Resolution.text("Title__\n=======\n")));
    }

    @Test
    void a_resolution_keeps_the_files_mode() throws IOException {
        fixture.main().write("a", "1\n").path("a").toFile().setExecutable(true);
        fixture.open();
        fixture.main().write("a", "2\n").commit("ours");
        fixture.session().write("a", "3\n");

        merged(with("a", Resolution.text("4\n")));

        assertThat(fixture.main().git("ls-files", "-s")).startsWith("100755");
    }
}
