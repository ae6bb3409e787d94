package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTargetTest {
    private static final MergeRequest MERGE = MergeRequest.builder().build();

    @TempDir
    private Path directory;

    private MergeFixture fixture;

    @BeforeEach
    void repository() throws IOException {
        fixture = MergeFixture.in(directory);
        fixture.main().write("a", "1\n").write("b", "1\n").write(".gitignore", "*.env\n");
        fixture.open();
        fixture.session().write("a", "theirs\n").commit("work");
    }

    private void blocked(MergeRequest request, String code) throws IOException {
        assertThat(fixture.merger().preview(request).reasons())
                .extracting(reason -> reason.code())
                .contains(code);
        var before = fixture.state();
        assertThat(fixture.merger().merge(request))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo(code));
        assertThat(fixture.state()).isEqualTo(before);
    }

    @Test
    void changes_there_that_are_not_in_the_way_stay_as_they_are() throws IOException {
        fixture.main().write("b", "staged\n").git("add", "b");
        fixture.main().write("b", "mine\n").write("untracked", "u\n");

        assertThat(fixture.merger().preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.main().git("status", "--porcelain")).isEqualTo("MM b\n?? untracked");
        assertThat(fixture.main().read("b")).isEqualTo("mine\n");
        assertThat(fixture.main().read("a")).isEqualTo("theirs\n");
    }

    @Test
    void changes_there_that_are_in_the_way_block_it() throws IOException {
        fixture.main().write("a", "mine\n");

        blocked(MERGE, "worktree.target-dirty");
        assertThat(fixture.merger().preview(MERGE).reasons().get(0).message()).contains(": a");
    }

    @Test
    void what_is_staged_there_or_has_another_mode_or_is_gone_is_in_the_way() throws IOException {
        fixture.main().write("a", "staged\n").git("add", "a");
        fixture.main().write("a", "1\n");
        blocked(MERGE, "worktree.target-dirty");
        fixture.main().git("reset", "-q", "--hard");

        assertThat(fixture.main().path("a").toFile().setExecutable(true)).isTrue();
        blocked(MERGE, "worktree.target-dirty");
        fixture.main().git("reset", "-q", "--hard");

        Files.delete(fixture.main().path("a"));
        blocked(MERGE, "worktree.target-dirty");
        fixture.main().git("reset", "-q", "--hard");

        fixture.session().write("new", "theirs\n").commit("more");
        fixture.main().write("new", "mine\n").git("add", "new");
        Files.delete(fixture.main().path("new"));
        blocked(MERGE, "worktree.target-dirty");
    }

    @Test
    void files_there_that_only_look_changed_or_are_left_out_are_not_in_the_way() throws IOException {
        Files.setLastModifiedTime(fixture.main().path("a"), FileTime.fromMillis(1));
        assertThat(fixture.merger().preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);

        fixture.main().git("update-index", "--refresh");
        fixture.main().git("sparse-checkout", "set", "--no-cone", "/b");
        assertThat(fixture.main().path("a")).doesNotExist();
        assertThat(fixture.merger().preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().git("show", "main:a")).isEqualTo("theirs");
    }

    @Test
    void files_there_that_git_does_not_know_are_not_overwritten_even_if_they_are_ignored() throws IOException {
        fixture.session()
                .write("new", "theirs\n")
                .write("secret.env", "theirs\n")
                .git("add", "-f", "secret.env");
        fixture.session().commit("more");
        fixture.main().write("secret.env", "mine\n");

        blocked(MERGE, "worktree.target-dirty");
    }

    @Test
    void an_operation_under_way_there_blocks_it() throws IOException {
        fixture.main().write("b", "x\n").commit("x");
        fixture.main().git("branch", "other", "HEAD^");
        fixture.main().git("checkout", "-q", "other");
        fixture.main().write("b", "y\n").commit("y");
        fixture.main().tryGit("rebase", "main");

        blocked(MergeRequest.into("other"), "worktree.target-busy");
        fixture.main().git("rebase", "--abort");
        fixture.main().tryGit("merge", "main");

        blocked(MergeRequest.into("other"), "worktree.target-busy");
    }

    @Test
    void a_branch_that_is_checked_out_nowhere_moves_by_itself() throws IOException {
        fixture.main().git("branch", "release/1.0");
        String before = fixture.main().git("rev-parse", "HEAD");

        assertThat(fixture.merger().merge(MergeRequest.into("release/1.0")))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged -> assertThat(fixture.main().git("rev-parse", "release/1.0"))
                                .isEqualTo(merged.commit()));

        assertThat(fixture.main().git("reflog", "release/1.0")).contains("trails: merge session fix");
        assertThat(fixture.main().git("rev-parse", "HEAD")).isEqualTo(before);
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_target_that_is_no_local_branch_is_refused_by_name() {
        fixture.main().git("tag", "v1");
        fixture.main().git("update-ref", "refs/remotes/origin/main", "HEAD");
        for (String name : List.of("nowhere", "origin/main", "refs/tags/v1", "main~0", "HEAD", "-x", "@{-1}", "")) {
            assertThatThrownBy(() -> fixture.merger().merge(MergeRequest.into(name)))
                    .as(name)
                    .isInstanceOfSatisfying(
                            TrailsException.class,
                            refused -> assertThat(refused.code()).isEqualTo("worktree.target-unknown"))
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> fixture.merger().merge(MergeRequest.into("trails/fix")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_preview_that_is_out_of_date_is_not_merged() throws IOException {
        MergePreview preview = fixture.merger().preview(MERGE);
        MergeRequest expecting = MergeRequest.builder().expecting(preview).build();
        fixture.session().write("untracked", "u\n");

        blocked(expecting, "worktree.merge-stale");
        fixture.session().path("untracked").toFile().delete();
        assertThat(fixture.merger().merge(expecting)).isInstanceOf(MergeResult.Merged.class);
        blocked(expecting, "worktree.merge-stale");
    }

    @Test
    void configuration_for_merging_by_hand_does_not_get_in_the_way() throws IOException {
        fixture.main().git("config", "merge.ff", "false");
        fixture.main().git("config", "merge.conflictStyle", "zdiff3");
        fixture.main().git("config", "merge.autoStash", "true");
        fixture.main().git("config", "merge.log", "true");
        fixture.main().git("config", "branch.main.mergeOptions", "--squash --no-commit");
        fixture.main().git("config", "pull.rebase", "true");
        fixture.main().git("config", "commit.template", "/nowhere");
        fixture.main().git("config", "commit.cleanup", "scissors");
        fixture.session().write("more", "m\n");
        fixture.main().write("b", "mine\n");

        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.main().git("status", "--porcelain")).isEqualTo("M b");
        assertThat(fixture.main().git("stash", "list")).isEmpty();
        assertThat(fixture.main().read("more")).isEqualTo("m\n");
    }

    @Test
    void signatures_that_the_user_insists_on_are_insisted_on() throws IOException {
        fixture.main().git("config", "merge.verifySignatures", "true");

        assertThat(fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo("worktree.signature-missing"));
    }

    @Test
    void a_session_in_the_middle_of_something_is_not_merged() throws IOException {
        fixture.main().write("a", "ours\n").commit("ours");
        fixture.session().tryGit("merge", "main");

        blocked(MERGE, "worktree.session-busy");
    }

    @Test
    void work_on_another_branch_is_merged_if_it_is_committed() throws IOException {
        fixture.session().git("checkout", "-q", "-b", "agents");
        fixture.session().write("c", "c\n");
        var before = fixture.state();
        assertThat(fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked ->
                                assertThat(blocked.reasons().get(0).code()).isEqualTo("worktree.session-branch-left"));
        assertThat(fixture.state()).isEqualTo(before);
        fixture.session().commit("c");

        assertThat(fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged -> assertThat(merged.notes())
                                .extracting(note -> note.code())
                                .contains("worktree.session-branch-left"));
        assertThat(fixture.main().read("c")).isEqualTo("c\n");
    }

    @Test
    void work_on_no_branch_is_committed_there_and_merged() throws IOException {
        fixture.session().git("checkout", "-q", "--detach");
        fixture.session().write("c", "c\n");

        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);

        assertThat(fixture.session().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.main().read("c")).isEqualTo("c\n");
    }

    @Test
    void sessions_that_merge_at_once_lose_nothing() throws Exception {
        var others = new ArrayList<MergeFixture>();
        int count = 4;
        for (int i = 0; i < count; i++) {
            var other = MergeFixture.of(fixture.main()).open("s" + i);
            other.session().write("file" + i, i + "\n");
            others.add(other);
        }
        fixture.main().git("checkout", "-q", "--detach");
        var threads = Executors.newFixedThreadPool(count);
        try {
            var merges = new ArrayList<Callable<MergeResult>>();
            for (MergeFixture other : others) merges.add(() -> other.merger().merge(MERGE));
            List<Future<MergeResult>> results = threads.invokeAll(merges, 2, TimeUnit.MINUTES);
            String files = fixture.main().git("ls-tree", "-r", "--name-only", "main");
            for (int i = 0; i < count; i++) {
                if (results.get(i).get() instanceof MergeResult.Merged)
                    assertThat(files).contains("file" + i);
                else assertThat(results.get(i).get()).isInstanceOf(MergeResult.Blocked.class);
            }
            assertThat(files).contains("file");
        } finally {
            threads.shutdownNow();
        }
    }

    private void refused(String code) throws IOException {
        assertThat(fixture.merger().preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        var before = fixture.main().git("status", "--porcelain");
        assertThat(fixture.merger().merge(MERGE))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons().get(0).code()).isEqualTo(code));
        assertThat(fixture.main().git("status", "--porcelain")).isEqualTo(before);
        assertThat(fixture.main().read("a")).isEqualTo("1\n");
        assertThat(fixture.main().path("folder")).doesNotExist();
        assertThat(fixture.main().path(".gitattributes")).doesNotExist();
        assertThat(fixture.main().git("rev-parse", "main"))
                .isEqualTo(fixture.tree().base());
    }

    @Test
    void files_come_back_if_a_filter_fails_while_they_are_written() throws IOException {
        fixture.session()
                .write(".gitattributes", "z filter=odd\n")
                .write("folder/new", "theirs\n")
                .write("z", "theirs\n");
        fixture.session().git("rm", "-q", "b");
        fixture.session().commit("odd");
        fixture.main().git("config", "filter.odd.clean", "cat");
        fixture.main().git("config", "filter.odd.smudge", "false");
        fixture.main().git("config", "filter.odd.required", "true");
        fixture.main().write("untracked", "mine\n");

        refused("worktree.target-refused");
        assertThat(fixture.main().read("b")).isEqualTo("1\n");
        assertThat(fixture.main().read("untracked")).isEqualTo("mine\n");
    }

    @Test
    void files_come_back_if_a_hook_refuses_when_they_are_written() throws IOException {
        fixture.session().write("folder/new", "theirs\n").commit("more");
        fixture.hook("reference-transaction", "[ \"$1\" = prepared ] && grep -q refs/heads/main && exit 1; exit 0");
        fixture.main().write("b", "staged\n").git("add", "b");

        refused("worktree.target-refused");
        assertThat(fixture.main().git("status", "--porcelain")).isEqualTo("M  b");
    }

    @Test
    void a_link_takes_the_place_of_a_directory_and_a_directory_that_of_a_file() throws IOException {
        fixture.main().write("src/code", "1\n").commit("directory");
        fixture.session().git("merge", "-q", "main");
        fixture.session().git("rm", "-q", "-r", "src", "b");
        Files.createSymbolicLink(fixture.session().path("src"), Path.of("/etc"));
        fixture.session().write("b/inside", "theirs\n").commit("links");

        assertThat(fixture.merger().preview(MERGE).reasons()).isEmpty();
        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().path("src")).isSymbolicLink();
        assertThat(fixture.main().read("b/inside")).isEqualTo("theirs\n");
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_directory_that_holds_somebodys_file_is_in_the_way_of_a_link() throws IOException {
        fixture.main().write("src/code", "1\n").commit("directory");
        fixture.session().git("merge", "-q", "main");
        fixture.session().git("rm", "-q", "-r", "src");
        Files.createSymbolicLink(fixture.session().path("src"), Path.of("/etc"));
        fixture.session().commit("links");
        fixture.main().write("src/mine.env", "mine\n");

        blocked(MERGE, "worktree.target-dirty");
    }

    @Test
    void a_repository_in_the_tree_blocks_the_preview_as_it_does_the_merge() throws IOException {
        fixture.session().write("inner/file", "1\n").git("init", "-q", "inner");
        fixture.session().write("c", "1\n");

        blocked(MERGE, "worktree.nested-repository");
    }

    @Test
    void a_tree_in_which_git_finds_no_repository_any_more_does_not_make_the_target_unknown() throws IOException {
        Merger merger = fixture.merger();
        Files.move(fixture.session().path(".git"), fixture.session().path("away"));

        assertThatThrownBy(() -> merger.preview(MERGE))
                .isInstanceOfSatisfying(
                        TrailsException.class,
                        failed -> assertThat(failed.code()).isEqualTo("worktree.git-failed"));
    }

    @Test
    void a_file_in_place_of_a_directory_comes_unless_the_directory_has_files_that_no_commit_has() throws Exception {
        fixture.main().write("d/x", "1\n").write("f", "1\n");
        fixture.main().commit("files");
        Files.createSymbolicLink(fixture.main().path("link"), Path.of("d"));
        fixture.main().commit("link");
        fixture.open("other");
        Files.delete(fixture.session().path("d/x"));
        Files.delete(fixture.session().path("d"));
        Files.delete(fixture.session().path("f"));
        Files.delete(fixture.session().path("link"));
        fixture.session().write("d", "file\n").write("f/y", "2\n").write("link/x", "2\n");
        fixture.session().commit("turn them around");

        fixture.main().write("d/secret.env", "mine\n");
        blocked(MERGE, "worktree.target-dirty");
        Files.delete(fixture.main().path("d/secret.env"));
        assertThat(fixture.merger().preview(MERGE).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().read("d")).isEqualTo("file\n");
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void merges_into_a_tree_wait_for_each_other_so_that_none_leaves_files_behind() throws Exception {
        Merger first = fixture.merger();
        fixture.open("other");
        fixture.session().write("c", "theirs, too\n").commit("other work");
        Merger second = fixture.merger();
        Path reached = directory.resolve("reached");
        Path goOn = directory.resolve("go-on");
        // Runs when git has written the files, and has not moved the branch yet.
        fixture.hook(
                "post-index-change",
                "test \"$1\" = 1 || exit 0; mkdir '" + reached + "' || exit 0; " + "for i in $(seq 600); do test -e '"
                        + goOn + "' && exit 0; sleep 0.05; done");
        var threads = Executors.newFixedThreadPool(2);
        try {
            Future<MergeResult> slow = threads.submit(() -> first.merge(MERGE));
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(reached));
            Future<MergeResult> fast = threads.submit(() -> second.merge(MERGE));
            assertThatThrownBy(() -> fast.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            Files.createFile(goOn);
            assertThat(slow.get(30, TimeUnit.SECONDS)).isInstanceOf(MergeResult.Merged.class);
            assertThat(fast.get(30, TimeUnit.SECONDS)).isInstanceOf(MergeResult.Merged.class);
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.main().read("a")).isEqualTo("theirs\n");
        assertThat(fixture.main().read("c")).isEqualTo("theirs, too\n");
    }
}
