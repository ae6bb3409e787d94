package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.register.Trees;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreationTest {
    @TempDir
    Path scratch;

    private Scene scene;
    private TestRepository repository;

    @BeforeEach
    void a_repository() throws IOException {
        scene = Scene.in(scratch);
        repository = scene.repository();
    }

    @Test
    void git_sees_a_worktree_as_if_it_had_made_it() throws IOException {
        WorktreePlan plan = create("login");
        TestRepository tree = TestRepository.at(plan.root(), repository.environment());
        assertThat(tree.git("status", "--porcelain", "--ignored")).isEmpty();
        assertThat(tree.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trails/login");
        assertThat(tree.git("rev-parse", "HEAD")).isEqualTo(plan.base());
        assertThat(tree.read("src/Main.java")).isEqualTo("class Main {}\n");
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains("worktree " + plan.root(), "branch refs/heads/trails/login", "locked trails:" + plan.key());
        assertThat(repository.git("worktree", "list", "--porcelain")).doesNotContain("prunable");
        assertThat(repository.git("fsck", "--strict")).isEmpty();
        assertThat(repository.git("rev-parse", plan.refs().start())).isEqualTo(plan.base());
        repository.git("worktree", "prune", "--expire", "now");
        tree.write("new", "new").commit("in the tree");
        assertThat(repository.git("log", "-1", "--format=%s", "trails/login")).isEqualTo("in the tree");
    }

    @Test
    void the_users_branch_configuration_and_remotes_are_untouched() throws IOException {
        repository.git("config", "branch.autoSetupMerge", "always");
        byte[] configuration = Files.readAllBytes(repository.path(".git/config"));
        byte[] head = Files.readAllBytes(repository.path(".git/HEAD"));
        create("login");
        assertThat(repository.path(".git/config")).hasBinaryContent(configuration);
        assertThat(repository.path(".git/HEAD")).hasBinaryContent(head);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void no_hook_runs() throws IOException {
        for (String hook : List.of("post-checkout", "reference-transaction", "post-index-change")) {
            repository.write(".git/hooks/" + hook, "#!/bin/sh\ntouch '" + scene.scratch() + "/ran'\nexit 1\n");
            assertThat(repository.path(".git/hooks/" + hook).toFile().setExecutable(true))
                    .isTrue();
        }
        create("login");
        assertThat(scene.scratch().resolve("ran")).doesNotExist();
    }

    @Test
    void creating_again_changes_nothing() throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        Files.writeString(plan.root().resolve("work.txt"), "work");
        var before = scene.traces();
        scene.create(plan, request);
        scene.assertTraces(before);
        assertThat(plan.root().resolve("work.txt")).hasContent("work");
    }

    @Test
    void a_subdirectory_that_the_commit_does_not_have_is_made() throws IOException {
        Path untracked = Files.createDirectories(repository.path("not/committed"));
        WorkspaceRequest request =
                scene.request("login", untracked, repository.environment()).build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        assertThat(plan.root().resolve("not/committed")).isDirectory();
    }

    @Test
    void a_bare_repository_has_worktrees_too() throws IOException {
        Path bare = scene.scratch().resolve("bare.git");
        repository.git("clone", "-q", "--bare", ".", bare.toString());
        WorkspaceRequest request =
                scene.request("login", bare, repository.environment()).build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        TestRepository tree = TestRepository.at(plan.root(), repository.environment());
        assertThat(tree.git("status", "--porcelain")).isEmpty();
        assertThat(tree.read("README.md")).isEqualTo("read me\n");
    }

    @Test
    void a_submodule_has_worktrees_too() throws IOException {
        TestRepository outer = TestRepository.init(scene.scratch().resolve("outer"));
        String url = repository.directory().toString();
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "sub");
        outer.commit("with a submodule");
        var environment = new HashMap<>(repository.environment());
        environment.put("XDG_DATA_HOME", scene.scratch().resolve("data").toString());
        WorkspaceRequest request =
                scene.request("login", outer.path("sub"), environment).build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        TestRepository tree = TestRepository.at(plan.root(), environment);
        assertThat(tree.git("status", "--porcelain")).isEmpty();
        assertThat(tree.git("rev-parse", "--show-toplevel"))
                .isEqualTo(plan.root().toString());
        assertThat(outer.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_worktree_may_be_on_another_file_system() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is no other file system");
        Path place = Files.createTempDirectory(memory, "trails-test-");
        try {
            WorkspaceRequest request =
                    scene.request("login", WorkspaceSettings.none().withLocation(place));
            WorktreePlan plan = scene.plan(request);
            scene.create(plan, request);
            TestRepository tree = TestRepository.at(plan.root(), repository.environment());
            assertThat(plan.root()).startsWith(place);
            assertThat(tree.git("status", "--porcelain")).isEmpty();
        } finally {
            Trees.delete(place);
        }
    }

    @Test
    void a_configuration_that_leads_git_to_another_tree_is_seen_before_anything_is_written() throws IOException {
        repository.git("config", "extensions.worktreeConfig", "true");
        repository.git("config", "core.worktree", repository.directory().toString());
        repository.write("README.md", "edited\n");
        var before = scene.traces();
        assertThatThrownBy(() -> create("login"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.not-its-own"))
                .hasNoSuppressedExceptions();
        scene.assertTraces(before);
        assertThat(repository.read("README.md")).isEqualTo("edited\n");
    }

    @Test
    void a_branch_that_was_taken_since_it_was_planned_is_left_alone() throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        WorktreePlan plan = scene.plan(request);
        repository.git("branch", "trails/login");
        var before = scene.traces();
        assertThatThrownBy(() -> scene.create(plan, request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.branch-taken"))
                .hasNoSuppressedExceptions();
        scene.assertTraces(before);
    }

    @Test
    void a_directory_that_was_taken_since_it_was_planned_is_left_alone() throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        WorktreePlan plan = scene.plan(request);
        Files.createDirectories(plan.root());
        Files.writeString(plan.root().resolve(".gitignore"), "theirs");
        var before = scene.traces();
        assertThatThrownBy(() -> scene.create(plan, request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.directory-taken"))
                .hasNoSuppressedExceptions();
        scene.assertTraces(before);
        assertThat(plan.root().resolve(".gitignore")).hasContent("theirs");
    }

    @Test
    void a_place_that_cannot_be_written_leaves_nothing() throws IOException {
        Path file = Files.writeString(scene.scratch().resolve("file"), "no directory");
        WorkspaceRequest request =
                scene.request("login", WorkspaceSettings.none().withLocation(file));
        WorktreePlan plan = scene.plan(request);
        var before = scene.traces();
        assertThatThrownBy(() -> scene.create(plan, request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.unwritable"))
                .hasNoSuppressedExceptions();
        scene.assertTraces(before);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_step_that_fails_leaves_nothing(Step failing) throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        WorktreePlan plan = scene.plan(request);
        var before = scene.traces();
        var creation = new Creation(plan, request, repository.git().program(), step -> {
            if (step == failing) throw new IllegalStateException("as asked");
        });
        assertThatThrownBy(creation::run).hasMessage("as asked").hasNoSuppressedExceptions();
        scene.assertTraces(before);
        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        assertThat(repository.git("worktree", "list")).doesNotContain("login");
    }

    @Test
    void commits_of_a_creation_that_fails_are_kept() throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        WorktreePlan plan = scene.plan(request);
        var creation = new Creation(plan, request, repository.git().program(), step -> {
            if (step != Step.PREPARED) return;
            commitIn(plan.root());
            throw new IllegalStateException("as asked");
        });
        assertThatThrownBy(creation::run).hasMessage("as asked");
        assertThat(repository.git("log", "-1", "--format=%s", plan.refs().trash() + "branch"))
                .isEqualTo("by a setup command");
        assertThat(new Entry(plan).exists()).isFalse();
    }

    private void commitIn(Path root) {
        try {
            TestRepository.at(root, repository.environment()).write("a", "a").commit("by a setup command");
        } catch (IOException e) {
            throw new AssertionError("The tree is not there", e);
        }
    }

    @Test
    void git_itself_registers_where_refs_are_in_tables() throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        WorktreePlan plan = scene.plan(request);
        new StartRefs(repository.git(), plan).create();
        var registration = new GitRegistration(repository.git(), new Entry(plan));
        registration.run();
        registration.run();
        scene.create(plan, request);
        TestRepository tree = TestRepository.at(plan.root(), repository.environment());
        assertThat(tree.git("status", "--porcelain")).isEmpty();
        assertThat(tree.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trails/login");
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains("worktree " + plan.root(), "locked trails:" + plan.key());
        assertThat(plan.root().resolveSibling(plan.administration())).doesNotExist();
    }

    @Test
    void a_directory_without_write_permission_is_not_chosen() throws IOException {
        Path parent = Files.createDirectories(scene.scratch().resolve("closed"));
        TestRepository inside = TestRepository.init(parent.resolve("repo"));
        inside.write("a", "a").commit("a");
        assumeTrue(parent.toFile().setWritable(false) && !Files.isWritable(parent), "the user may write anywhere");
        var environment = new HashMap<>(inside.environment());
        environment.put("XDG_DATA_HOME", scene.scratch().resolve("data").toString());
        try {
            WorkspaceRequest request =
                    scene.request("login", inside.directory(), environment).build();
            WorktreePlan plan = scene.plan(request);
            scene.create(plan, request);
            assertThat(plan.root().toString()).startsWith(scene.scratch() + "/data/");
        } finally {
            assertThat(parent.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void variables_of_the_host_and_settings_of_the_user_do_not_disturb() throws IOException {
        var environment = new HashMap<>(repository.environment());
        environment.put("GIT_DIR", "/nowhere");
        environment.put("GIT_WORK_TREE", "/nowhere");
        environment.put("GIT_INDEX_FILE", "/nowhere");
        environment.put("GIT_NAMESPACE", "nowhere");
        environment.put("LC_ALL", "de_DE.UTF-8");
        Files.writeString(Path.of(environment.get("HOME"), ".gitconfig"), """
                [core]
                    quotePath = true
                    fsmonitor = /bin/false
                [color]
                    ui = always
                [worktree]
                    guessRemote = true
                [branch]
                    autoSetupMerge = always
                [submodule]
                    recurse = true
                [status]
                    showUntrackedFiles = no
                """);
        WorkspaceRequest request =
                scene.request("login", repository.directory(), environment).build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        assertThat(plan.root().resolve("README.md")).hasContent("read me");
    }

    private WorktreePlan create(String id) throws IOException {
        WorkspaceRequest request = scene.request(id).build();
        WorktreePlan plan = scene.plan(request);
        scene.create(plan, request);
        return plan;
    }
}
