package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Checkpoint;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.spi.ResourceLostException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.merge.Merger;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Trees;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.tree.SessionTree;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path scratch;

    private Scene scene;
    private TestRepository repository;
    private WorkspaceRequest request;
    private WorktreePlan plan;
    private Entry entry;

    @BeforeEach
    void a_worktree() throws IOException {
        scene = Scene.in(scratch);
        repository = scene.repository();
        request = scene.request("login").build();
        plan = scene.plan(request);
        scene.create(plan, request);
        entry = new Entry(plan);
    }

    @Test
    void what_the_agent_did_to_head_and_branches_does_not_matter() throws IOException {
        TestRepository tree = TestRepository.at(plan.root(), repository.environment());
        tree.git("checkout", "-q", "--detach");
        tree.git("branch", "-q", "-m", "trails/login", "mine");
        scene.open(plan, request);
        tree.git("checkout", "-q", "--orphan", "other");
        scene.open(plan, request);
    }

    @Test
    void a_deleted_link_is_written_again() throws IOException {
        Files.delete(entry.dotGit());
        scene.open(plan, request);
        assertUsable();
    }

    @Test
    void a_worktree_that_was_moved_away_and_back_is_healed() throws IOException {
        Path elsewhere = scene.scratch().resolve("elsewhere");
        repository.git("worktree", "move", "-f", "-f", plan.root().toString(), elsewhere.toString());
        assertThatThrownBy(() -> scene.open(plan, request))
                .isInstanceOf(ResourceLostException.class)
                .hasMessageContaining(elsewhere.toString());
        Files.move(elsewhere, plan.root());
        scene.open(plan, request);
        assertUsable();
        assertThat(repository.git("worktree", "list", "--porcelain")).contains("worktree " + plan.root());
    }

    @Test
    void an_unlocked_worktree_is_locked_again() throws IOException {
        repository.git("worktree", "unlock", plan.root().toString());
        scene.open(plan, request);
        assertThat(repository.git("worktree", "list", "--porcelain")).contains("locked trails:" + plan.key());
    }

    @Test
    void a_deleted_tree_is_lost_and_not_made_again() throws IOException {
        Trees.delete(plan.root());
        assertLost("is gone");
        assertThat(plan.root()).doesNotExist();
    }

    @Test
    void a_tree_that_git_was_made_to_forget_is_lost_and_its_files_stay() throws IOException {
        Files.writeString(plan.root().resolve("work"), "work");
        Trees.delete(entry.directory());
        assertLost("does not know");
        assertThat(plan.root().resolve("work")).hasContent("work");
    }

    @Test
    void another_repository_in_its_place_is_left_alone() throws IOException {
        Files.delete(entry.dotGit());
        TestRepository.init(plan.root()).git("commit", "-q", "--allow-empty", "-m", "theirs");
        assertLost("move it away");
        assertThat(plan.root().resolve(".git")).isDirectory();
    }

    @Test
    void a_session_that_is_open_never_works_in_another_repository_in_its_place() throws IOException {
        SessionTree tree = scene.open(plan, request);
        TestRepository agents = TestRepository.at(plan.root(), repository.environment());
        Files.delete(entry.dotGit());
        agents.git("init", "-q");
        agents.write("w", "work\n").git("checkout", "-q", "-b", "trails/login");
        agents.git("commit", "-q", "--allow-empty", "-m", "theirs");
        agents.git("branch", "main");
        Path hook = Files.createDirectories(agents.path(".git/hooks")).resolve("pre-commit");
        Files.writeString(hook, "#!/bin/sh\ntouch '" + scene.scratch().resolve("ran") + "'\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();

        Checkpoint checkpoint = new Checkpoints(tree).checkpoint("mine");
        assertThat(repository.git("show", checkpoint.id() + ":w")).isEqualTo("work");
        assertThat(new Merger(tree).merge(MergeRequest.into("main"))).isInstanceOf(MergeResult.Merged.class);
        assertThat(repository.read("w")).isEqualTo("work\n");
        assertThat(scene.scratch().resolve("ran")).doesNotExist();
        assertThat(agents.git("rev-list", "--count", "--all")).isEqualTo("1");
    }

    @Test
    void an_entry_of_somebody_else_is_not_taken_for_ours() throws IOException {
        Files.writeString(entry.directory().resolve("trails"), "another-key\n");
        assertLost("does not know");
    }

    @Test
    void a_missing_start_is_lost() throws IOException {
        repository.git("update-ref", "-d", plan.refs().start());
        assertLost(plan.refs().start());
    }

    @Test
    void a_missing_repository_is_lost() throws IOException {
        Files.move(repository.directory(), scene.scratch().resolve("moved"));
        assertLost("The repository");
    }

    private void assertLost(String message) throws IOException {
        var before = scene.traces();
        assertThatThrownBy(() -> scene.open(plan, request))
                .isInstanceOf(ResourceLostException.class)
                .hasMessageContaining(message);
        scene.assertTraces(before);
    }

    private void assertUsable() throws IOException {
        TestRepository tree = TestRepository.at(plan.root(), repository.environment());
        assertThat(tree.git("status", "--porcelain")).isEmpty();
        assertThat(tree.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trails/login");
    }
}
