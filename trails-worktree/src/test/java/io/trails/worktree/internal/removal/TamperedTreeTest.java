package io.trails.worktree.internal.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TamperedTreeTest {
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

    private Path back() {
        Path back = temp.resolve("back");
        session.rescues().recover(session.rescues().list().get(0), back);
        return back;
    }

    @Test
    void a_tree_without_its_link_is_rescued() throws IOException {
        session.tree.write("new.txt", "untracked\n");
        Files.delete(session.tree.path(".git"));
        assertThat(SessionFixture.codes(session.removeSafely().kept())).containsExactly("worktree.untracked");
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(back().resolve("new.txt")).hasContent("untracked\n");
    }

    @Test
    void a_tree_that_became_a_repository_of_its_own_is_kept() throws IOException {
        Files.delete(session.tree.path(".git"));
        session.tree.git("init", "-q");
        assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.replaced");
        assertThat(session.tree.path(".git/HEAD")).exists();
    }

    @Test
    void a_deleted_tree_without_commits_is_cleared_away() throws IOException {
        TreeDeletion.delete(session.plan.root());
        RemovalReport report = session.removeSafely();
        assertThat(report.kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void what_was_staged_or_committed_in_a_deleted_tree_is_rescued() throws IOException {
        session.tree.write("c.txt", "committed\n").commit("Work");
        session.tree.write("s.txt", "staged\n").git("add", "s.txt");
        TreeDeletion.delete(session.plan.root());
        assertThat(SessionFixture.codes(session.removeSafely().kept()))
                .containsExactly("worktree.unmerged", "worktree.staged");
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        Path back = back();
        assertThat(back.resolve("s.txt")).hasContent("staged\n");
        assertThat(back.resolve("c.txt")).hasContent("committed\n");
    }

    @Test
    void a_registration_that_was_deleted_is_made_again() throws IOException {
        session.tree.write("a.txt", "edited\n").write("new.txt", "untracked\n");
        TreeDeletion.delete(session.plan.gitDirectory());
        assertThat(SessionFixture.codes(session.removeSafely().kept()))
                .containsExactly("worktree.unstaged", "worktree.untracked");
        assertThat(session.tree.git("status", "--porcelain")).contains("a.txt", "new.txt");
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(back().resolve("a.txt")).hasContent("edited\n");
    }

    @Test
    void a_directory_that_nothing_says_is_ours_is_kept() throws IOException {
        Files.delete(session.tree.path(".git"));
        TreeDeletion.delete(session.plan.gitDirectory());
        assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.unregistered");
        assertThat(session.tree.read("a.txt")).isEqualTo("one\n");
    }

    @Test
    void another_registration_of_the_same_name_is_left_alone() throws IOException {
        Files.writeString(session.plan.gitDirectory().resolve("trails"), "work-0ther\n");
        assertThat(SessionFixture.codes(session.rescue().kept())).containsExactly("worktree.foreign");
        assertThat(session.tree.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_renamed_branch_stays_and_the_rest_goes() throws IOException {
        String tip = session.tree.write("c.txt", "new\n").commit("Work");
        session.tree.git("branch", "-m", "trails/work", "feature");
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.project.git("rev-parse", "feature")).isEqualTo(tip);
        assertThat(session.plan.root()).doesNotExist();
    }

    @Test
    void settings_that_lead_git_elsewhere_do_not() throws IOException {
        session.project.git("config", "extensions.worktreeConfig", "true");
        session.project.git(
                "config", "core.worktree", session.project.directory().toString());
        session.project.git("config", "core.hooksPath", temp.resolve("hooks").toString());
        Path hook = Files.createDirectories(temp.resolve("hooks")).resolve("reference-transaction");
        Files.writeString(hook, "#!/bin/sh\ntouch " + temp.resolve("ran") + "\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        session.tree.write("new.txt", "untracked\n");
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(temp.resolve("ran")).doesNotExist();
        assertThat(back().resolve("new.txt")).hasContent("untracked\n");
    }

    @Test
    void a_half_created_tree_in_which_nobody_wrote_is_cleared_away() throws IOException {
        Files.delete(session.plan.gitDirectory().resolve("index"));
        Files.delete(session.tree.path("a.txt"));
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(session.rescues().list()).isEmpty();
    }

    @Test
    void a_half_created_tree_in_which_somebody_wrote_is_kept() throws IOException {
        Files.delete(session.plan.gitDirectory().resolve("index"));
        session.tree.write("new.txt", "untracked\n");
        assertThat(SessionFixture.codes(session.removeSafely().kept())).contains("worktree.untracked");
    }

    @Test
    void read_only_directories_are_no_hindrance() throws IOException {
        session.tree.write("target/locked/f", "x");
        assertThat(session.tree.path("target/locked").toFile().setWritable(false))
                .isTrue();
        assertThat(session.removeSafely().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void a_directory_that_became_a_link_is_rescued_as_one() throws IOException {
        TreeDeletion.delete(session.tree.path("src"));
        Files.createSymbolicLink(session.tree.path("src"), temp);
        assertThat(session.rescue().kept()).isEmpty();
        assertThat(session.isGone()).isTrue();
        assertThat(back().resolve("src")).isSymbolicLink();
        assertThat(session.project.read("src/b.txt")).isEqualTo("two\n");
    }
}
