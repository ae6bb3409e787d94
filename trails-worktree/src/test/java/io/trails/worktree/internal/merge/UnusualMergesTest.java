package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trails.Conflict;
import io.trails.HunkChoice;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Resolution;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.git.GitVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges with names, settings and programs that few have. */
class UnusualMergesTest {
    private static final MergeRequest MERGE = MergeRequest.builder().build();

    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void repository() throws IOException {
        fixture = MergeFixture.in(directory);
    }

    private void merged(Merger merger, MergeRequest request) {
        assertThat(merger.merge(request)).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
    }

    /** Runs a script whose names this JVM need not be able to express. */
    private static String sh(TestRepository in, String script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-ec", script)
                .directory(in.directory().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        return said;
    }

    @Nested
    class Names {
        private static final String NAMES =
                "x=\"$(printf 'x\\377 \\042\\n.txt')\"; y=\"$(printf 'x\\376 \\042\\n.txt')\"; ";

        private void both(String ours, String theirs) throws Exception {
            sh(fixture.main(), NAMES + "printf '1\\n2\\n3\\n4\\n5\\n' > \"$x\"; cp \"$x\" \"$y\"");
            fixture.open();
            sh(fixture.session(), NAMES + theirs);
            sh(fixture.main(), NAMES + ours);
            fixture.main().commit("ours");
        }

        @Test
        void that_are_no_utf_8_are_merged() throws Exception {
            both("sed -i 's/1/ours/' \"$x\"", "sed -i 's/5/theirs/' \"$x\"; echo new > \"n$y\"; rm \"$y\"");

            MergePreview preview = fixture.merger().preview(MERGE);

            assertThat(preview.outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(preview.changes().files()).hasSize(3);
            merged(fixture.merger(), MERGE);
            assertThat(sh(fixture.main(), NAMES + "cat \"$x\" \"n$y\"; test ! -e \"$y\""))
                    .isEqualTo("ours\n2\n3\n4\ntheirs\nnew\n");
        }

        @Test
        void that_are_no_utf_8_can_be_decided() throws Exception {
            both("echo ours > \"$x\"", "echo theirs > \"$x\"");

            MergePreview preview = fixture.merger().preview(MERGE);

            String path = preview.conflicts().get(0).path();
            merged(
                    fixture.merger(),
                    MergeRequest.builder()
                            .resolve(path, Resolution.text("both\n"))
                            .build());
            assertThat(sh(fixture.main(), NAMES + "cat \"$x\"; head -1 \"$y\"")).isEqualTo("both\n1\n");
        }

        @Test
        void that_look_the_same_are_decided_apart_or_not_at_all() throws Exception {
            both("echo ours > \"$x\"; echo ours2 > \"$y\"", "echo theirs > \"$x\"; echo theirs2 > \"$y\"");

            MergePreview preview = fixture.merger().preview(MERGE);

            assertThat(preview.conflicts()).hasSize(2);
            String path = preview.conflicts().get(0).path();
            MergeRequest one = MergeRequest.builder()
                    .resolve(path, Resolution.text("which?\n"))
                    .build();
            assertThat(fixture.merger().merge(one)).isNotInstanceOf(MergeResult.Merged.class);
            MergeRequest asked = MergeRequest.builder()
                    .resolver((open, contents) -> Optional.of(Resolution.theirs()))
                    .build();
            merged(fixture.merger(), asked);
            assertThat(sh(fixture.main(), NAMES + "cat \"$x\" \"$y\"")).isEqualTo("theirs\ntheirs2\n");
        }
    }

    @Nested
    class Settings {
        @Test
        void merge_drivers_of_the_user_decide() throws IOException {
            fixture.main().git("config", "merge.union-of-ours.driver", "git merge-file --union %A %O %B");
            fixture.main()
                    .write(".gitattributes", "*.list merge=union-of-ours\n")
                    .write("a.list", "base\n");
            fixture.open();
            fixture.session().write("a.list", "theirs\n");
            fixture.main().write("a.list", "ours\n").commit("ours");

            assertThat(fixture.merger().preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
            merged(fixture.merger(), MERGE);

            assertThat(fixture.main().read("a.list")).isEqualTo("ours\ntheirs\n");
        }

        @Test
        void a_merge_driver_that_fails_makes_a_conflict() throws IOException {
            fixture.main().git("config", "merge.never.driver", "false");
            fixture.main().write(".gitattributes", "*.list merge=never\n").write("a.list", "1\n2\n3\n4\n5\n");
            fixture.open();
            fixture.session().write("a.list", "theirs\n2\n3\n4\n5\n");
            fixture.main().write("a.list", "1\n2\n3\n4\nours\n").commit("ours");

            assertThat(fixture.merger().preview(MERGE).conflicts())
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.path()).isEqualTo("a.list"));
            merged(
                    fixture.merger(),
                    MergeRequest.builder()
                            .resolve("a.list", Resolution.theirs())
                            .build());
            assertThat(fixture.main().read("a.list")).isEqualTo("theirs\n2\n3\n4\n5\n");
        }

        @Test
        void renames_are_followed_if_git_follows_them() throws IOException {
            fixture.main().git("config", "merge.renames", "false");
            fixture.main().write("old", "1\n2\n3\n4\n5\n");
            fixture.open();
            fixture.session().git("mv", "old", "new");
            fixture.session().commit("renamed");
            fixture.main().write("old", "1\n2\n3\n4\nours\n").commit("ours");
            // Not all versions heed the setting.
            boolean followed = fixture.main()
                    .tryGit("merge-tree", "--write-tree", "main", "trails/fix")
                    .ok();

            MergePreview preview = fixture.merger().preview(MERGE);

            assertThat(preview.outcome()).isEqualTo(followed ? Outcome.CLEAN : Outcome.CONFLICTED);
            assertThat(preview.conflicts())
                    .allSatisfy(conflict -> assertThat(conflict.kind()).isEqualTo(Conflict.Kind.MODIFY_DELETE));
            fixture.main().git("config", "merge.renames", "true");
            merged(fixture.merger(), MERGE);
            assertThat(fixture.main().read("new")).isEqualTo("1\n2\n3\n4\nours\n");
        }
    }

    /** As much of it as a new git does as well. */
    @Nested
    class WithAnOldGit {
        private Merger merger() {
            GitProgram program = TestRepository.program(fixture.main().environment());
            return new Merger(fixture.tree(
                    new GitProgram(program.executable(), new GitVersion(2, 31, 0), program.environment())));
        }

        @Test
        void files_are_merged_line_by_line() throws IOException {
            fixture.main().write("a", "1\n2\n3\n4\n5\n").write("gone", "1\n").write("run", "1\n");
            fixture.open();
            fixture.session()
                    .write("a", "1\n2\n3\n4\ntheirs\n")
                    .write("dir/new", "n\n")
                    .write("same", "s\n");
            Files.delete(fixture.session().path("gone"));
            assertThat(fixture.session().path("run").toFile().setExecutable(true))
                    .isTrue();
            fixture.main().write("a", "ours\n2\n3\n4\n5\n").write("run", "2\n").write("same", "s\n");
            fixture.main().commit("ours");

            MergePreview preview = merger().preview(MERGE);

            assertThat(preview.outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(preview.reasons())
                    .anySatisfy(reason -> assertThat(reason.code()).isEqualTo("worktree.merge-not-rename-aware"));
            merged(merger(), MERGE);
            assertThat(fixture.main().git("rev-parse", "HEAD^{tree}"))
                    .isEqualTo(fixture.main().git("merge-tree", "--write-tree", "HEAD^1", "HEAD^2"));
        }

        @Test
        void conflicts_are_told_and_decided() throws IOException {
            fixture.main().write("a", "1\n2\n3\n").write("deleted", "1\n").write("kept", "1\n");
            fixture.open();
            fixture.session()
                    .write("a", "1\ntheirs\n3\n")
                    .write("added", "theirs\n")
                    .write("kept", "2\n");
            Files.delete(fixture.session().path("deleted"));
            fixture.main().write("a", "1\nours\n3\n").write("added", "ours\n").write("deleted", "2\n");
            Files.delete(fixture.main().path("kept"));
            fixture.main().commit("ours");

            assertThat(merger().preview(MERGE).conflicts())
                    .extracting(Conflict::path, Conflict::kind)
                    .containsExactly(
                            tuple("a", Conflict.Kind.CONTENT),
                            tuple("added", Conflict.Kind.ADD_ADD),
                            tuple("deleted", Conflict.Kind.MODIFY_DELETE),
                            tuple("kept", Conflict.Kind.MODIFY_DELETE));
            merged(
                    merger(),
                    MergeRequest.builder()
                            .resolve("a", Resolution.hunks(HunkChoice.lines(List.of("both"))))
                            .resolve("added", Resolution.theirs())
                            .resolve("deleted", Resolution.ours())
                            .resolve("kept", Resolution.theirs())
                            .build());
            assertThat(fixture.main().read("a")).isEqualTo("1\nboth\n3\n");
            assertThat(fixture.main().read("added")).isEqualTo("theirs\n");
            assertThat(fixture.main().read("deleted")).isEqualTo("2\n");
            assertThat(fixture.main().read("kept")).isEqualTo("2\n");
        }

        @Test
        void a_squash_is_remembered_and_a_rebase_picks_commit_by_commit() throws IOException {
            fixture.main().write("a", "base\n").write("b", "base\n");
            fixture.open();
            fixture.session().write("a", "theirs\n").commit("first");
            fixture.main().write("a", "ours\n").commit("ours");
            MergeRequest squash = MergeRequest.builder()
                    .strategy(MergeStrategy.SQUASH)
                    .resolve("a", Resolution.text("both\n"))
                    .build();
            merged(merger(), squash);
            fixture.session().write("b", "later\n").commit("second");
            fixture.session().write("c", "later\n").commit("third");

            merged(
                    merger(),
                    MergeRequest.builder().strategy(MergeStrategy.REBASE).build());

            assertThat(fixture.main().git("log", "--format=%s", "-2")).isEqualTo("third\nsecond");
            assertThat(fixture.main().read("a")).isEqualTo("both\n");
        }
    }
}
