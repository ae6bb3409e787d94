package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Checkpoint;
import io.trails.DirtyPolicy;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.changes.TreeChanges;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.tree.SessionTree;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourcePolicyTest {
    private static final List<String> WORK = List.of("A  staged.txt", " M README.md", "?? new.txt");

    @TempDir
    Path scratch;

    private Scene scene;
    private TestRepository repository;

    @BeforeEach
    void a_repository_with_work_in_it() throws IOException {
        scene = Scene.in(scratch);
        repository = scene.repository();
        repository.write("staged.txt", "staged\n");
        repository.git("add", "staged.txt");
        repository.write("README.md", "edited\n").write("new.txt", "new\n");
    }

    @Test
    void block_names_what_is_not_committed_and_makes_nothing() throws IOException {
        WorkspaceRequest request = request(DirtyPolicy.BLOCK);
        WorktreePlan plan = scene.plan(request);
        var before = scene.traces();
        assertThatThrownBy(() -> scene.create(plan, request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.source-dirty"))
                .hasMessageContaining("staged.txt");
        scene.assertTraces(before);
        repository.commit("all");
        assertThat(status(created(DirtyPolicy.BLOCK).root())).isEmpty();
    }

    @Test
    void ignore_starts_from_the_commit() throws IOException {
        assertThat(status(created(DirtyPolicy.IGNORE).root())).isEmpty();
    }

    @Test
    void carry_brings_it_along_and_leaves_the_source() throws IOException {
        byte[] index = Files.readAllBytes(repository.path(".git/index"));
        SessionTree tree = created(DirtyPolicy.CARRY);
        assertThat(status(tree.root())).containsExactlyInAnyOrderElementsOf(WORK);
        assertThat(new TreeChanges(tree).changes().files()).isEmpty();
        assertThat(repository.path(".git/index")).hasBinaryContent(index);
        assertThat(status(repository.directory())).containsExactlyInAnyOrderElementsOf(WORK);
    }

    @Test
    void move_brings_it_along_and_cleans_the_source_with_a_rescue() throws IOException {
        SessionTree tree = created(DirtyPolicy.MOVE);
        assertMoved(tree);
    }

    private void assertMoved(SessionTree tree) throws IOException {
        assertThat(status(tree.root())).containsExactlyInAnyOrderElementsOf(WORK);
        assertThat(status(repository.directory())).isEmpty();
        assertThat(repository.git("for-each-ref", "--format=%(refname)", tree.refs().trash()))
                .isNotEmpty();
    }

    @Test
    void a_move_that_fails_leaves_the_source_as_it_was() throws IOException {
        WorkspaceRequest request = request(DirtyPolicy.MOVE);
        WorktreePlan plan = scene.plan(request);
        var creation = new Creation(plan, request, repository.git().program(), step -> {
            if (step == Step.PREPARED) throw new IllegalStateException("as asked");
        });
        assertThatThrownBy(creation::run).hasMessage("as asked").hasNoSuppressedExceptions();
        assertThat(status(repository.directory())).containsExactlyInAnyOrderElementsOf(WORK);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_move_goes_on_after_a_crash(Step last) throws Exception {
        WorkspaceRequest request = request(DirtyPolicy.MOVE);
        WorktreePlan plan = scene.plan(request);
        var arguments = new ArrayList<>(List.of(
                "halt",
                repository.directory().toString(),
                repository.environment().get("HOME"),
                request.directory().toString(),
                last.name()));
        arguments.addAll(Plans.print(plan));
        try (ChildJvm child = ChildJvm.start(arguments)) {
            assertThat(child.exitCode()).isEqualTo(9);
        }
        assertMoved(scene.create(plan, request));
    }

    @Test
    void a_fork_starts_with_the_files_of_a_checkpoint() throws IOException {
        SessionTree first = created(DirtyPolicy.CARRY);
        Files.writeString(first.root().resolve("agent.txt"), "by the agent\n");
        Checkpoint checkpoint = new Checkpoints(first).checkpoint("here");
        Files.writeString(first.root().resolve("agent.txt"), "later\n");
        WorkspaceRequest request = WorkspaceRequest.builder("fork", repository.directory(), scene.scratch())
                .environment(repository.environment())
                .forkOf(checkpoint)
                .build();
        WorktreePlan plan = scene.plan(request);
        SessionTree fork = scene.create(plan, request);
        assertThat(plan.base()).isEqualTo(first.base());
        assertThat(fork.root().resolve("agent.txt")).hasContent("by the agent");
        assertThat(fork.root().resolve("new.txt")).hasContent("new");
        assertThat(new TreeChanges(fork).changes().files()).isEmpty();
    }

    @Test
    void an_unknown_checkpoint_is_refused_when_planning() {
        var unknown = new Checkpoint("0123", "login", "label", Instant.EPOCH);
        WorkspaceRequest request = WorkspaceRequest.builder("fork", repository.directory(), scene.scratch())
                .environment(repository.environment())
                .forkOf(unknown)
                .build();
        assertThatThrownBy(() -> scene.plan(request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.checkpoint-unknown"));
    }

    private SessionTree created(DirtyPolicy policy) throws IOException {
        WorkspaceRequest request = request(policy);
        return scene.create(scene.plan(request), request);
    }

    private WorkspaceRequest request(DirtyPolicy policy) throws IOException {
        return scene.request("login").dirty(policy).build();
    }

    private List<String> status(Path root) throws IOException {
        return TestRepository.at(root, repository.environment())
                .tryGit("status", "--porcelain", "-z", "--untracked-files=all")
                .fields()
                .stream()
                .map(RepoPath::text)
                .toList();
    }
}
