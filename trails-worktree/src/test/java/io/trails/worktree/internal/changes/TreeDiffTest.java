package io.trails.worktree.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.FileDiff.Hunk;
import io.trails.FileDiff.Line;
import io.trails.FileDiff.Line.Kind;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.snapshot.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDiffTest {
    @TempDir
    Path scratch;

    private TestRepository repository;

    @BeforeEach
    void commitSomeFiles() throws IOException {
        repository = TestRepository.init(scratch.resolve("repo"));
        repository.write("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n").write("d/b", "b\n").write("d/c", "c\n");
        repository.commit("base");
    }

    @Test
    void hunks_have_lines_with_as_much_around_them_as_asked_for() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10");
        List<FileDiff> diffs = session.diffs(DiffRequest.all().contextLines(1));
        assertThat(diffs).singleElement().satisfies(diff -> {
            assertThat(StartedTree.told(diff.change())).isEqualTo("MODIFIED a +2 -1");
            assertThat(diff.hunks())
                    .containsExactly(
                            new Hunk(
                                    4,
                                    3,
                                    4,
                                    3,
                                    "",
                                    List.of(
                                            new Line(Kind.CONTEXT, "4", true),
                                            new Line(Kind.DELETED, "5", true),
                                            new Line(Kind.ADDED, "five", true),
                                            new Line(Kind.CONTEXT, "6", true))),
                            new Hunk(
                                    9,
                                    1,
                                    9,
                                    2,
                                    "",
                                    List.of(new Line(Kind.CONTEXT, "9", true), new Line(Kind.ADDED, "10", false))));
        });
        assertThat(session.diffs(DiffRequest.all().contextLines(0))
                        .get(0)
                        .hunks()
                        .get(1))
                .isEqualTo(new Hunk(9, 0, 10, 1, "", List.of(new Line(Kind.ADDED, "10", false))));
        assertThat(session.diffs(DiffRequest.all().contextLines(Integer.MAX_VALUE))
                        .get(0)
                        .hunks())
                .hasSize(1);
    }

    @Test
    void every_change_has_its_diff_in_the_same_order_with_the_same_counts() throws Exception {
        Files.write(repository.path("bin"), new byte[] {0, 1});
        Files.write(repository.path("bin2"), new byte[] {0, 2, 3, 4, 5, 6, 7});
        repository.write("same", "same\n").write("x", "x\n");
        StartedTree session = StartedTree.of(repository);
        Files.write(repository.path("bin"), new byte[] {0, 2});
        Files.move(repository.path("bin2"), repository.path("moved"));
        Files.setPosixFilePermissions(repository.path("x"), PosixFilePermissions.fromString("rwxr-xr-x"));
        repository.write("empty", "").write("crlf", "1\r\n2\r\n").write("d/b", "b");
        Files.delete(repository.path("same"));
        Files.createSymbolicLink(repository.path("same"), Path.of("a"));
        Changes changes = session.changes().changes();
        List<FileDiff> diffs = session.diffs(DiffRequest.all());
        assertThat(diffs).extracting(FileDiff::change).isEqualTo(changes.files());
        assertThat(session.told())
                .containsExactly(
                        "MODIFIED bin",
                        "ADDED crlf +2 -0",
                        "MODIFIED d/b +1 -1",
                        "ADDED empty +0 -0",
                        "RENAMED bin2 -> moved +0 -0",
                        "TYPE_CHANGED same",
                        "MODE_CHANGED x +0 -0");
        assertThat(diffs).extracting(FileDiff::binary).containsExactly(true, false, false, false, false, false, false);
        assertThat(diffs.get(1).hunks().get(0).lines()).extracting(Line::text).containsExactly("1\r", "2\r");
        assertThat(diffs.get(2).hunks().get(0).lines())
                .containsExactly(new Line(Kind.DELETED, "b", true), new Line(Kind.ADDED, "b", false));
        assertThat(diffs.get(5).hunks())
                .containsExactly(
                        new Hunk(1, 1, 0, 0, "", List.of(new Line(Kind.DELETED, "same", true))),
                        new Hunk(0, 0, 1, 1, "", List.of(new Line(Kind.ADDED, "a", false))));
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void names_may_hold_anything() throws Exception {
        StartedTree session = StartedTree.of(repository);
        List<String> names = List.of(
                "new\nline",
                "\ndiff --git a b",
                "quo\"te'",
                "back\\slash",
                " blank ",
                ":(glob)*",
                "-dash",
                "tab\there",
                "\u00e9\ud83d\ude00",
                "c:x",
                "x".repeat(255),
                "a => b",
                "{a => b}");
        for (String name : names) repository.write(name, name);
        shell("printf x > \"$(printf 'bad\\377')\"; mkdir \"$(printf 'bad\\376')\"; mv d/c \"$(printf 'bad\\376/c')\"");
        assertThat(session.told().stream().filter(told -> told.startsWith("ADDED")))
                .hasSize(names.size() + 1)
                .contains("ADDED new\nline +2 -0", "ADDED bad\ufffd +1 -0");
        assertThat(session.told()).contains("RENAMED d/c -> bad\ufffd/c +0 -0");
        assertThat(session.changes().changes().caveats()).singleElement().satisfies(caveat -> {
            assertThat(caveat.code()).isEqualTo("workspace.name-undecodable");
            assertThat(caveat.message()).startsWith("2 ");
        });
        assertThat(session.diffs(DiffRequest.all()))
                .extracting(FileDiff::change)
                .containsExactlyInAnyOrderElementsOf(session.changes().changes().files());
        for (String name : names) {
            assertThat(session.diffs(DiffRequest.all().paths(name)))
                    .extracting(d -> d.change().path())
                    .containsExactly(name);
        }
        assertThat(session.diffs(DiffRequest.all().paths("bad\ufffd"))).hasSize(2);
        assertThat(session.patched()).isEqualTo(session.snapshot());
        repository.commit("names");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(repository.directory().toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void paths_are_files_or_folders_and_nothing_else() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "").write("d/b", "").write("dx", "").write("*", "");
        assertThat(paths(session, "d")).containsExactly("d/b");
        assertThat(paths(session, "./d/", "a")).containsExactly("a", "d/b");
        assertThat(paths(session, "*")).containsExactly("*");
        assertThat(paths(session, ".")).hasSize(4);
        assertThat(paths(session, "d/../a")).containsExactly("a");
        assertThat(paths(session, "nothing")).isEmpty();
        assertThatThrownBy(() -> paths(session, "../x")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> paths(StartedTree session, String... paths) {
        return session.diffs(DiffRequest.all().paths(paths)).stream()
                .map(diff -> diff.change().path())
                .toList();
    }

    @Test
    void checkpoints_are_points_to_compare_with() throws Exception {
        StartedTree session = StartedTree.of(repository, "", Optional.of(".trails/"));
        repository.write(".trails/state.json", "{}").write("new", "1\n").write("d/b", "one\n");
        Checkpoint first = new Checkpoints(session.tree).checkpoint("first");
        repository.write("new", "1\n2\n").commit("work");
        Checkpoint second = new Checkpoints(session.tree).checkpoint("second");
        repository.write("d/b", "b\n");
        Files.delete(repository.path("new"));
        assertThat(told(session, DiffRequest.all())).isEmpty();
        assertThat(told(session, DiffRequest.all().until(first)))
                .containsExactly("MODIFIED d/b +1 -1", "ADDED new +1 -0");
        assertThat(told(session, DiffRequest.all().since(first).until(second))).containsExactly("MODIFIED new +1 -0");
        assertThat(told(session, DiffRequest.all().since(second)))
                .containsExactly("MODIFIED d/b +1 -1", "DELETED new +0 -2");
        assertThat(told(session, DiffRequest.all().since(second).until(first))).containsExactly("MODIFIED new +0 -1");
        var out = new ByteArrayOutputStream();
        session.changes()
                .writePatch(DiffRequest.all().since(first).until(second).paths("new"), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("+2\n").doesNotContain("d/b");
        var unknown = new Checkpoint("0".repeat(40), "s", "x", Instant.EPOCH);
        assertThatThrownBy(() -> session.diffs(DiffRequest.all().since(unknown)))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.checkpoint-unknown"));
    }

    private static List<String> told(StartedTree session, DiffRequest request) {
        return session.diffs(request).stream()
                .map(diff -> StartedTree.told(diff.change()))
                .toList();
    }

    @Test
    void what_the_reader_throws_ends_the_comparison() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "").write("d/b", "");
        var failure = new IllegalStateException("enough");
        assertThatThrownBy(() -> session.changes().diff(DiffRequest.all(), diff -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void a_stream_that_fails_is_named_as_such() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "");
        assertThatThrownBy(() -> session.changes().writePatch(DiffRequest.all(), new FullStream()))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("workspace.patch-unwritten"))
                .hasRootCauseMessage("No space left on device");
    }

    private static final class FullStream extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @Test
    void a_patch_is_applied_by_git_to_a_tree_with_files() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("a", "1\n2\n3\n4\nfive\n6\n7\n8\n9").write("n/\"q\"\n", "new");
        Files.write(repository.path("bin"), new byte[] {0, 1, 2});
        Files.delete(repository.path("d/b"));
        Files.createSymbolicLink(repository.path("d/b"), Path.of("../a"));
        Files.move(repository.path("d/c"), repository.path("d/moved"));
        Path patch = scratch.resolve("patch");
        try (OutputStream out = Files.newOutputStream(patch)) {
            session.changes().writePatch(DiffRequest.all().contextLines(0), out);
        }
        repository.git("worktree", "add", "-q", "--detach", "../other", StartedTree.REFS.start());
        TestRepository other = TestRepository.at(scratch.resolve("other"), repository.environment());
        other.git("apply", "--binary", "--index", patch.toString());
        assertThat(other.git("write-tree")).isEqualTo(session.snapshot());
        assertThat(other.git("status", "--porcelain", "--untracked-files=all")).doesNotContain("??");
        assertThat(Files.readSymbolicLink(other.path("d/b"))).hasToString("../a");
    }

    @Test
    void files_that_cannot_be_read_are_changes_without_lines_and_no_part_of_a_patch() throws Exception {
        repository
                .write(".gitattributes", "*.bad filter=bad\n")
                .write("old.bad", "1\n")
                .commit("attributes");
        StartedTree session = StartedTree.of(repository);
        repository.git("config", "filter.bad.clean", "false");
        repository.git("config", "filter.bad.required", "true");
        repository
                .write("old.bad", "two\n")
                .write("new.bad", "1\n")
                .write("z", "z\n")
                .write("a", "");
        assertThat(session.told())
                .containsExactly("MODIFIED a +0 -9", "ADDED new.bad", "MODIFIED old.bad", "ADDED z +1 -0");
        assertThat(session.changes().changes().caveats())
                .extracting(Reason::code)
                .containsExactly("workspace.unreadable");
        List<FileDiff> diffs = session.diffs(DiffRequest.all());
        assertThat(diffs).extracting(d -> d.change().path()).containsExactly("a", "new.bad", "old.bad", "z");
        assertThat(diffs).extracting(FileDiff::cut).containsExactly(false, true, true, false);
        assertThatThrownBy(session::patch)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("workspace.file-unreadable"));
    }

    @Test
    void a_big_file_is_cut_and_its_patch_is_whole() throws Exception {
        StartedTree session = StartedTree.of(repository);
        repository.write("big", "some line of a log\n".repeat(300_000)).write("long", "x".repeat(40 << 20));
        List<FileDiff> diffs = session.diffs(DiffRequest.all().linesPerFile(10));
        assertThat(diffs).extracting(FileDiff::cut).containsExactly(true, true);
        assertThat(diffs.get(0).hunks().get(0).lines()).hasSize(10);
        assertThat(diffs.get(1).hunks()).isEmpty();
        assertThat(diffs)
                .extracting(FileDiff::change)
                .isEqualTo(session.changes().changes().files());
        assertThat(new String(session.patch(), StandardCharsets.US_ASCII).length())
                .isGreaterThan(45_000_000);
        assertThat(session.changes().changes().files()).extracting(Change::path).containsExactly("big", "long");
    }
}
