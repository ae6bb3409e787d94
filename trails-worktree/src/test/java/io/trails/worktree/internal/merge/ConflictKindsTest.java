package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Conflict;
import io.trails.Conflict.Kind;
import io.trails.Conflict.Side;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of each kind, and in each case nothing is written. */
class ConflictKindsTest {
    private static final MergeRequest MERGE = MergeRequest.builder().build();

    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void repository() throws IOException {
        fixture = MergeFixture.in(directory);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> n + "\n").collect(Collectors.joining());
    }

    private void base(String path, String content) throws IOException {
        fixture.main().write(path, content);
    }

    private void ours(String path, String content) throws IOException {
        fixture.main().write(path, content);
    }

    private void theirs(String path, String content) throws IOException {
        fixture.session().write(path, content);
    }

    private Conflict only() throws IOException {
        return all().stream().collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
            assertThat(found).hasSize(1);
            return found.get(0);
        }));
    }

    private List<Conflict> all() throws IOException {
        fixture.main().commit("ours");
        fixture.session().git("add", "-A");
        fixture.session().git("status");
        var before = fixture.stateWithObjects();
        MergePreview preview = fixture.merger().preview(MERGE);
        assertThat(fixture.stateWithObjects()).isEqualTo(before);
        assertThat(preview.outcome()).isEqualTo(Outcome.CONFLICTED);
        var state = fixture.state();
        assertThat(fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        MergeResult.Conflicted.class,
                        result -> assertThat(result.preview()).isEqualTo(preview));
        assertThat(fixture.state()).isEqualTo(state);
        return preview.conflicts();
    }

    @Test
    void both_sides_change_the_same_lines() throws IOException {
        base("a", lines(1, 20));
        fixture.open();
        ours("a", lines(1, 9) + "ours\n" + lines(11, 20));
        theirs("a", lines(1, 9) + "theirs\n" + lines(11, 20));

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.CONTENT);
        assertThat(conflict.path()).isEqualTo("a");
        assertThat(conflict.base()).isPresent();
        assertThat(conflict.hunks())
                .containsExactly(new Conflict.Hunk(
                        List.of("10"),
                        List.of("ours"),
                        List.of("theirs"),
                        List.of("7", "8", "9"),
                        List.of("11", "12", "13")));
        assertThat(conflict.otherPaths()).isEmpty();
    }

    @Test
    void both_sides_add_a_file() throws IOException {
        base("x", "x");
        fixture.open();
        ours("a", "ours\n");
        theirs("a", "theirs\n");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.ADD_ADD);
        assertThat(conflict.base()).isEmpty();
        assertThat(conflict.hunks()).hasSize(1);
    }

    @Test
    void one_side_changes_what_the_other_deletes() throws IOException {
        base("a", lines(1, 9));
        fixture.open();
        fixture.main().git("rm", "-q", "a");
        theirs("a", lines(1, 10));

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.MODIFY_DELETE);
        assertThat(conflict.ours()).isEmpty();
        assertThat(conflict.theirs()).isPresent();
        assertThat(conflict.hunks()).isEmpty();
    }

    @Test
    void both_sides_rename_a_file() throws IOException {
        base("a", lines(1, 20));
        fixture.open();
        fixture.main().git("mv", "a", "b");
        fixture.session().git("mv", "a", "c");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.RENAME_RENAME);
        assertThat(conflict.path()).isEqualTo("b");
        assertThat(conflict.base().map(Side::path)).contains("a");
        assertThat(conflict.theirs().map(Side::path)).contains("c");
        assertThat(conflict.otherPaths()).containsExactly("a", "c");
    }

    @Test
    void a_file_that_is_renamed_twice_keeps_each_sides_own_content() throws IOException {
        base("a", lines(1, 20));
        fixture.open();
        fixture.main().git("mv", "a", "b");
        ours("b", "ours\n" + lines(2, 20));
        fixture.session().git("mv", "a", "c");
        theirs("c", lines(1, 19) + "theirs\n");

        Conflict conflict = only();

        assertThat(conflict.ours().map(Side::objectId)).contains(fixture.main().git("rev-parse", "main:b"));
        assertThat(conflict.theirs().map(Side::objectId))
                .contains(fixture.session().git("hash-object", "c"));
    }

    @Test
    void two_files_get_the_same_name() throws IOException {
        base("a", lines(1, 20));
        base("b", lines(101, 120));
        fixture.open();
        fixture.main().git("mv", "a", "c");
        fixture.session().git("mv", "b", "c");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.RENAME_RENAME);
        assertThat(conflict.path()).isEqualTo("c");
    }

    @Test
    void one_side_renames_what_the_other_deletes() throws IOException {
        base("a", lines(1, 20));
        fixture.open();
        fixture.main().git("rm", "-q", "a");
        fixture.session().git("mv", "a", "b");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.RENAME_DELETE);
        assertThat(conflict.path()).isEqualTo("b");
        assertThat(conflict.base().map(Side::path)).contains("a");
        assertThat(conflict.otherPaths()).containsExactly("a");
    }

    @Test
    void one_side_renames_a_directory_that_the_other_adds_to() throws IOException {
        for (int i = 1; i < 5; i++) base("src/" + i, lines(i, i + 20));
        fixture.open();
        fixture.main().git("mv", "src", "lib");
        theirs("src/new", "new\n");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.DIRECTORY_RENAME);
        assertThat(conflict.path()).isEqualTo("lib/new");
        assertThat(conflict.otherPaths()).containsExactly("src/new");
        assertThat(conflict.theirs().map(Side::path)).contains("src/new");
    }

    @Test
    void a_directory_that_went_several_ways_leaves_nothing_unmerged_and_is_a_conflict() throws IOException {
        for (int i = 1; i < 5; i++) base("src/" + i, lines(10 * i, 10 * i + 20));
        fixture.open();
        for (int i = 1; i < 5; i++) ours("x" + i % 2 + "/keep", "keep\n");
        for (int i = 1; i < 5; i++) fixture.main().git("mv", "src/" + i, "x" + i % 2 + "/" + i);
        theirs("src/new", "new\n");

        assertThat(only().kind()).isEqualTo(Kind.DIRECTORY_RENAME);
    }

    @Test
    void a_file_on_one_side_is_a_directory_on_the_other() throws IOException {
        base("a", lines(1, 9));
        fixture.open();
        ours("a", lines(1, 10));
        fixture.session().git("rm", "-q", "a");
        theirs("a/b", "b\n");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.FILE_DIRECTORY);
        assertThat(conflict.path()).isEqualTo("a");
        assertThat(conflict.ours().map(Side::path)).contains("a");
        assertThat(conflict.theirs()).isEmpty();
        assertThat(conflict.otherPaths()).isEmpty();
    }

    @Test
    void both_sides_change_a_file_without_lines() throws IOException {
        base("a", "a\0b");
        fixture.open();
        ours("a", "a\0c");
        theirs("a", "a\0d");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.BINARY);
        assertThat(conflict.hunks()).isEmpty();
    }

    @Test
    void attributes_say_that_a_file_has_no_lines() throws IOException {
        base(".gitattributes", "*.dat binary\n");
        base("a.dat", "a\n");
        fixture.open();
        ours("a.dat", "b\n");
        theirs("a.dat", "c\n");

        assertThat(only().kind()).isEqualTo(Kind.BINARY);
    }

    @Test
    void both_sides_give_a_file_different_permissions() throws IOException {
        base("x", "x");
        fixture.open();
        ours("a", "same\n");
        theirs("a", "same\n");
        assertThat(fixture.session().path("a").toFile().setExecutable(true)).isTrue();

        assertThat(only().kind()).isEqualTo(Kind.MODE);
    }

    @Test
    void both_sides_change_a_symbolic_link() throws IOException {
        Path link = fixture.main().path("a");
        Files.createSymbolicLink(link, Path.of("x"));
        fixture.open();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("y"));
        Files.delete(fixture.session().path("a"));
        Files.createSymbolicLink(fixture.session().path("a"), Path.of("z"));

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.SYMLINK);
        assertThat(conflict.hunks()).isEmpty();
    }

    @Test
    void it_is_a_symbolic_link_on_one_side_only() throws IOException {
        base("x", "x");
        fixture.open();
        Files.createSymbolicLink(fixture.main().path("a"), Path.of("x"));
        theirs("a", "file\n");

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.SYMLINK);
        assertThat(conflict.path()).isEqualTo("a");
        assertThat(conflict.ours().map(Side::mode)).contains("120000");
        assertThat(conflict.theirs().map(Side::path)).contains("a");
    }

    @Test
    void both_sides_move_a_submodule() throws IOException {
        String[] commits = {"1".repeat(40), "2".repeat(40), "3".repeat(40)};
        base("x", "x");
        gitlink(fixture.main(), commits[0]);
        fixture.open();
        gitlink(fixture.main(), commits[1]);
        gitlink(fixture.session(), commits[2]);
        fixture.main().git("commit", "-qm", "ours");
        fixture.session().git("commit", "-qm", "theirs");

        MergePreview preview = fixture.merger().preview(MERGE);

        assertThat(preview.conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.kind()).isEqualTo(Kind.SUBMODULE))
                .satisfies(conflict ->
                        assertThat(conflict.theirs().map(Side::objectId)).contains(commits[2]));
    }

    private static void gitlink(io.trails.worktree.fixture.TestRepository in, String commit) throws IOException {
        Files.createDirectories(in.path("sub"));
        in.git("add", "-A");
        in.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",sub");
    }

    @Test
    void a_renamed_file_is_shown_with_the_name_that_each_side_has_for_it() throws IOException {
        base("a", lines(1, 30));
        fixture.open();
        fixture.main().git("mv", "a", "b");
        ours("b", lines(1, 14) + "ours\n" + lines(16, 30));
        theirs("a", lines(1, 14) + "theirs\n" + lines(16, 30));

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.CONTENT);
        assertThat(conflict.path()).isEqualTo("b");
        assertThat(conflict.base().map(Side::path)).contains("a");
        assertThat(conflict.ours().map(Side::path)).contains("b");
        assertThat(conflict.theirs().map(Side::path)).contains("a");
        assertThat(conflict.otherPaths()).containsExactly("a");
        assertThat(conflict.hunks()).hasSize(1);
    }

    @Test
    void a_big_file_is_a_conflict_without_its_lines() throws IOException {
        base("a", lines(1, 200_000));
        fixture.open();
        ours("a", "ours\n" + lines(2, 200_000));
        theirs("a", "theirs\n" + lines(2, 200_000));

        Conflict conflict = only();

        assertThat(conflict.kind()).isEqualTo(Kind.CONTENT);
        assertThat(conflict.hunks()).isEmpty();
    }
}
