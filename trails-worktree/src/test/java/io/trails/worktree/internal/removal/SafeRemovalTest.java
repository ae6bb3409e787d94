package io.trails.worktree.internal.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Resolution;
import io.trails.worktree.Rescue;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.merge.Merger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeRemovalTest {
    @TempDir
    Path temp;

    private SessionFixture session;

    @BeforeEach
    void create() throws IOException {
        session = SessionFixture.create(temp);
    }

    @AfterEach
    void nothing_is_broken() {
        assertThat(session.project.git("fsck", "--full", "--no-dangling", "--strict"))
                .isEmpty();
    }

    private void assertKept(String... codes) {
        String head = session.tree.git("rev-parse", "HEAD");
        RemovalReport report = session.removeSafely();
        assertThat(SessionFixture.codes(report.kept())).containsExactly(codes);
        assertThat(report.removed()).isEmpty();
        assertThat(session.tree.git("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(session.hasBranch()).isTrue();
        assertThat(session.plan.gitDirectory()).isDirectory();
        assertThat(session.plan.commonDirectory().resolve("trails/removals")).doesNotExist();
        assertThat(session.project.git("for-each-ref", "refs/trails/trash")).isEmpty();
    }

    @Test
    void a_session_without_work_is_removed_with_all_that_was_made_for_it() throws IOException {
        RemovalReport report = session.removeSafely();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.removed()))
                .containsExactly("worktree.branch-removed", "worktree.removed");
        assertThat(session.isGone()).isTrue();
        assertThat(session.project.git("for-each-ref", "refs/trails")).isEmpty();
        assertThat(session.removeSafely()).isEqualTo(RemovalReport.nothing());
    }

    @Test
    void a_merged_session_is_removed() throws IOException {
        session.tree.write("c.txt", "new\n").commit("Work");
        session.project.git("merge", "-q", "--no-ff", "-m", "Merge", "trails/work");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void a_squashed_session_is_removed_and_its_history_rescued() throws IOException {
        session.tree.write("c.txt", "new\n").commit("Work");
        String tip = session.tree.write("c.txt", "newer\n").commit("More work");
        session.project.git("merge", "-q", "--squash", "trails/work");
        session.project.git("commit", "-q", "-m", "Squashed");
        session.project.write("d.txt", "and on\n").commit("On");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(session.rescues().list()).hasSize(1);
        session.project.git("gc", "-q", "--prune=now");
        assertThat(session.project.git("cat-file", "-t", tip)).isEqualTo("commit");
    }

    private void squashedWithADecision() throws IOException {
        session.tree.write("a.txt", "theirs\n").commit("Work");
        session.project.write("a.txt", "ours\n").commit("Other work");
        MergeRequest squash = MergeRequest.builder()
                .strategy(MergeStrategy.SQUASH)
                .resolve("a.txt", Resolution.text("both\n"))
                .build();
        assertThat(new Merger(session.plan.tree(session.program, Clock.systemUTC())).merge(squash))
                .isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void a_session_that_was_squashed_with_a_decided_conflict_is_removed_and_its_history_rescued() throws IOException {
        squashedWithADecision();
        String tip = session.tree.git("rev-parse", "HEAD");
        session.project.write("a.txt", "and on\n").commit("On");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        session.project.git("gc", "-q", "--prune=now");
        assertThat(session.project.git("cat-file", "-t", tip)).isEqualTo("commit");
    }

    @Test
    void what_was_committed_after_a_squash_is_kept() throws IOException {
        squashedWithADecision();
        session.tree.write("c.txt", "new\n").commit("More work");
        assertKept("worktree.unmerged");
    }

    @Test
    void a_squash_that_was_taken_back_keeps_the_session() throws IOException {
        squashedWithADecision();
        session.project.git("reset", "-q", "--hard", "HEAD^");
        assertKept("worktree.unmerged");
        session.project.git("branch", "again", "HEAD@{1}");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void what_was_squashed_and_amended_since_is_rescued() throws IOException {
        squashedWithADecision();
        String squashed = session.tree.git("rev-parse", "HEAD");
        session.tree.git("reset", "-q", "--hard", session.plan.base());
        session.tree.git("reflog", "expire", "--expire=now", "--all");
        assertThat(session.removeSafely().kept()).isEmpty();
        session.project.git("reflog", "expire", "--expire=now", "--all");
        session.project.git("gc", "-q", "--prune=now");
        assertThat(session.project.git("cat-file", "-t", squashed)).isEqualTo("commit");
    }

    @Test
    void work_that_another_branch_or_a_remote_has_keeps_nothing() throws IOException {
        session.tree.write("c.txt", "new\n").commit("Work");
        session.project.git("branch", "release", "trails/work");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void commits_are_kept() throws IOException {
        session.tree.write("c.txt", "new\n").commit("Work");
        assertKept("worktree.unmerged");
    }

    @Test
    void staged_unstaged_and_untracked_files_are_kept() throws IOException {
        session.tree.write("a.txt", "staged\n").git("add", "a.txt");
        session.tree.write("src/b.txt", "unstaged\n").write("new.txt", "untracked\n");
        assertKept("worktree.staged", "worktree.unstaged", "worktree.untracked");
    }

    @Test
    void files_that_git_was_told_to_overlook_are_kept() throws IOException {
        session.tree.git("update-index", "--assume-unchanged", "a.txt");
        assertThat(session.tree.write("a.txt", "edited\n").git("status", "--porcelain"))
                .isEmpty();
        assertKept("worktree.hidden");
    }

    @Test
    void ignored_files_are_kept_and_output_is_not() throws IOException {
        session.tree
                .write("target/classes/A.class", "x")
                .write("local/cache/CACHEDIR.TAG", "no")
                .write("x.log", "y");
        assertKept("worktree.ignored");
        Files.delete(session.tree.path("x.log"));
        assertKept("worktree.ignored");
        session.tree.write("local/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");
        RemovalReport report = session.removeSafely();
        assertThat(report.kept()).isEmpty();
        assertThat(SessionFixture.codes(report.removed())).contains("worktree.output-removed");
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void a_copied_file_is_kept_once_it_is_edited() throws Exception {
        session.tree.write(".env", "A=1\n");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest("A=1\n".getBytes(StandardCharsets.UTF_8));
        IncludedFiles.write(
                session.request.directory(),
                Map.of(RepoPath.of(".env"), HexFormat.of().formatHex(hash)));
        session.tree.write(".env", "A=2\n");
        assertKept("worktree.included-edited");
        session.tree.write(".env", "A=1\n");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void an_ignored_file_that_the_project_has_too_keeps_nothing() throws IOException {
        session.tree.write(".env", "A=1\n");
        session.project.write(".env", "A=1\n");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.project.read(".env")).isEqualTo("A=1\n");
    }

    @Test
    void stash_entries_of_the_session_keep_it_and_others_do_not() throws IOException {
        session.project.write("a.txt", "user's\n").git("stash");
        session.tree.write("a.txt", "agent's\n").git("stash");
        assertKept("worktree.stashed");
        session.tree.git("stash", "drop", "-q");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.project.git("stash", "list")).contains("on main");
    }

    @Test
    void detached_commits_are_kept() throws IOException {
        session.tree.git("checkout", "-q", "--detach");
        session.tree.write("c.txt", "new\n").commit("Detached");
        assertKept("worktree.detached");
    }

    @Test
    void commits_that_only_the_reflog_has_are_kept() throws IOException {
        session.tree.write("c.txt", "new\n").commit("Work");
        session.tree.git("reset", "-q", "--hard", "HEAD~1");
        assertKept("worktree.reflog");
    }

    @Test
    void a_rebase_under_way_is_kept() throws IOException {
        session.tree.write("a.txt", "theirs\n").commit("Work");
        session.project.write("a.txt", "ours\n").commit("Other");
        assertThat(session.tree.tryGit("rebase", "-q", "main").ok()).isFalse();
        RemovalReport report = session.removeSafely();
        assertThat(SessionFixture.codes(report.kept())).contains("worktree.operation", "worktree.unmerged");
    }

    @Test
    void refs_of_the_tree_alone_are_kept() {
        session.tree.git("update-ref", "refs/worktree/mine", "HEAD");
        assertKept("worktree.private-refs");
    }

    @Test
    void an_unlocked_tree_is_kept() {
        session.project.git("worktree", "unlock", session.plan.root().toString());
        assertKept("worktree.unlocked");
    }

    @Test
    void a_tree_that_the_user_locked_is_kept_even_from_rescue() {
        session.project.git("worktree", "unlock", session.plan.root().toString());
        session.project.git(
                "worktree", "lock", "--reason", "mine", session.plan.root().toString());
        assertKept("worktree.locked-by-others");
        assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.locked-by-others");
    }

    @Test
    void a_tree_that_was_moved_is_kept_where_it_is() throws IOException {
        Path elsewhere = temp.resolve("elsewhere");
        session.project.git("worktree", "move", "-f", "-f", session.plan.root().toString(), elsewhere.toString());
        assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.moved");
        assertThat(elsewhere.resolve("a.txt")).hasContent("one\n");
        assertThat(session.hasBranch()).isTrue();
    }

    @Test
    void repositories_in_the_tree_are_kept_unless_others_have_all_of_them() throws IOException {
        Path nested = Files.createDirectories(session.tree.path("nested"));
        session.tree.git("-C", nested.toString(), "init", "-q");
        Files.writeString(nested.resolve("f"), "x");
        assertKept("worktree.repository-work");
        session.tree.git("-C", nested.toString(), "add", "f");
        session.tree.git("-C", nested.toString(), "commit", "-q", "-m", "f");
        assertKept("worktree.repository-unsent");
        TreeDeletion.delete(nested);
        session.tree.git("clone", "-q", session.project.directory().toString(), nested.toString());
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void an_ignored_repository_is_kept_whatever_its_name() throws IOException {
        Path pages = Files.createDirectories(session.tree.path("target"));
        session.tree.git("-C", pages.toString(), "init", "-q");
        Files.writeString(pages.resolve("index.html"), "x");
        session.tree.git("-C", pages.toString(), "add", "index.html");
        session.tree.git("-C", pages.toString(), "commit", "-q", "-m", "Page");
        assertKept("worktree.repository-unsent");
    }

    @Test
    void a_repository_deep_in_a_directory_of_output_is_kept_with_it() throws IOException {
        Path library = Files.createDirectories(session.tree.path("target/deps/library"));
        session.tree.git("-C", library.toString(), "init", "-q");
        Files.writeString(library.resolve("patched.c"), "x");
        session.tree.git("-C", library.toString(), "add", "patched.c");
        session.tree.git("-C", library.toString(), "commit", "-q", "-m", "Patch");
        assertKept("worktree.repository-unsent");
        assertThat(library.resolve("patched.c")).hasContent("x");
    }

    @Test
    void the_last_session_with_the_work_that_it_started_from_is_kept() throws IOException {
        session.project.git("switch", "-q", "--detach");
        String other = session.project.write("c.txt", "by another session\n").commit("Work");
        session.project.git("switch", "-q", "main");
        session = session.startedFrom(other, Optional.of("trails/other"));
        session.project.git("reflog", "expire", "--expire=now", "--all");
        assertKept("worktree.unmerged");
        session.project.git("update-ref", "refs/trails/trash/other-1/1/files", other);
        assertThat(session.removeSafely().kept()).isEmpty();
    }

    @Test
    void work_that_two_sessions_share_outlives_the_removal_of_both_at_once() throws IOException {
        String work = session.tree.write("c.txt", "new\n").commit("Work");
        session.project.git("branch", "trails/other", work);
        var site = new Site(session.program, session.plan);
        RemovalReport report = new Removal(site, session.request, RemovalPolicy.safe(), step -> {
                    if (step == Step.CHECKED) session.project.git("update-ref", "-d", "refs/heads/trails/other");
                })
                .run();
        assertThat(report.kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(session.rescues().list()).extracting(Rescue::commit).containsExactly(work);
    }

    @Test
    void a_commit_that_the_user_rewrote_since_is_no_work_of_the_session() throws IOException {
        session.project.write("c.txt", "amended\n").git("add", "c.txt");
        session.project.git("commit", "-q", "--amend", "-m", "Amended");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void a_tree_that_a_process_works_in_is_kept() throws Exception {
        Process agent = new ProcessBuilder("cat")
                .directory(session.plan.root().toFile())
                .start();
        try {
            assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.in-use");
        } finally {
            agent.destroyForcibly().waitFor();
        }
        assertThat(session.removeSafely().kept()).isEmpty();
    }

    @Test
    void a_tree_of_which_a_process_holds_a_file_open_is_kept() throws IOException {
        try (var open = new java.io.FileInputStream(session.tree.path("a.txt").toFile())) {
            assertThat(open.read()).isEqualTo('o');
            assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.in-use");
        }
        assertThat(session.tree.git("status", "--porcelain")).isEmpty();
        assertThat(session.removeSafely().kept()).isEmpty();
    }

    @Test
    void a_carried_snapshot_keeps_nothing_while_nobody_changed_it() throws IOException {
        session.removeSafely();
        session = SessionFixture.carrying(session.project, "carried.txt", "carried\n");
        assertThat(session.remove(RemovalPolicy.safe()).kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        session.rescues().recover(session.rescues().list().get(0), temp.resolve("back"));
        assertThat(temp.resolve("back/carried.txt")).hasContent("carried\n");
    }

    @Test
    void a_carried_snapshot_that_was_changed_is_kept() throws IOException {
        session.removeSafely();
        session = SessionFixture.carrying(session.project, "carried.txt", "carried\n");
        session.tree.write("carried.txt", "changed\n");
        assertKept("worktree.untracked");
    }

    @Test
    void a_submodule_goes_when_it_has_nothing_of_its_own() throws IOException {
        session.removeSafely();
        Path library = Files.createDirectories(temp.resolve("library"));
        session.project.git("-C", library.toString(), "init", "-q", "-b", "main");
        session.project.git("-C", library.toString(), "commit", "-q", "--allow-empty", "-m", "Library");
        session.project.git(
                "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.toString(), "sub");
        session.project.commit("Add a submodule");
        session = SessionFixture.create(session.project, project -> {});
        session.tree.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init");
        String sub = session.tree.path("sub").toString();
        String sent = session.tree.git("-C", sub, "rev-parse", "HEAD");
        session.tree.git("-C", sub, "commit", "-q", "--allow-empty", "-m", "Not sent");
        session.tree.git("-C", sub, "checkout", "-q", sent);
        assertKept("worktree.repository-unsent");
        session.tree.git("submodule", "--quiet", "deinit", "-f", "sub");
        assertKept("worktree.repository-unsent");
        TreeDeletion.delete(session.plan.gitDirectory().resolve("modules"));
        session.tree.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init");
        session.tree.write("sub/new", "untracked");
        assertKept("worktree.repository-work");
        Files.delete(session.tree.path("sub/new"));
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }
}
