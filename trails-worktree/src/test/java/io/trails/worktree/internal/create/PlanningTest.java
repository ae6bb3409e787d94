package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.DirtyPolicy;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningTest {
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
    void a_session_starts_from_what_is_checked_out() throws IOException {
        WorktreePlan plan = scene.plan("login");
        assertThat(plan.base()).isEqualTo(repository.git("rev-parse", "HEAD"));
        assertThat(plan.baseBranch()).contains("main");
        assertThat(plan.branch()).isEqualTo("trails/login");
        assertThat(plan.root()).isEqualTo(scene.scratch().resolve("repo.trails/login"));
        assertThat(plan.directory()).isEqualTo(plan.root());
        assertThat(plan.source()).contains(repository.directory());
    }

    @Test
    void planning_makes_nothing() throws IOException {
        WorkspaceRequest request = scene.request("login").build();
        var before = scene.traces();
        scene.plan(request);
        scene.assertTraces(before);
        assertThat(WorktreePlan.parse(scene.plan(request).toPlan()).toPlan().values())
                .containsKeys("session", "key", "directory", "branch");
    }

    @Test
    void work_is_carried_unless_a_base_is_named() throws IOException {
        WorkspaceRequest carried = WorkspaceRequest.builder("a", repository.directory(), scene.scratch())
                .environment(repository.environment())
                .build();
        WorkspaceRequest based = WorkspaceRequest.builder("a", repository.directory(), scene.scratch())
                .environment(repository.environment())
                .baseRef("main")
                .build();
        assertThat(scene.plan(carried).dirty()).isEqualTo(DirtyPolicy.CARRY);
        assertThat(scene.plan(based).dirty()).isEqualTo(DirtyPolicy.IGNORE);
    }

    @Test
    void a_base_may_be_a_branch_a_tag_or_a_commit() throws IOException {
        String first = repository.git("rev-parse", "HEAD");
        repository.git("branch", "feature/x");
        repository.git("tag", "-a", "v1", "-m", "v1");
        repository.write("more", "more").commit("more");
        assertThat(base("feature/x").base()).isEqualTo(first);
        assertThat(base("feature/x").baseBranch()).contains("feature/x");
        assertThat(base("v1").base()).isEqualTo(first);
        assertThat(base("v1").baseBranch()).isEmpty();
        assertThat(base(first).base()).isEqualTo(first);
        assertThat(base("HEAD~1").base()).isEqualTo(first);
    }

    private WorktreePlan base(String ref) throws IOException {
        return scene.plan(scene.request("login").baseRef(ref).build());
    }

    @Test
    void an_unknown_base_is_refused_also_if_it_looks_like_an_option() {
        for (String ref : new String[] {"nowhere", "--all", "-h", "", "main:README.md", "refs/heads/*"}) {
            assertThatThrownBy(() -> base(ref))
                    .as(ref)
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.base-unknown"));
        }
    }

    @Test
    void a_repository_without_a_commit_is_refused_with_a_way_out() throws IOException {
        TestRepository empty = TestRepository.init(scene.scratch().resolve("empty"));
        assertThatThrownBy(() -> scene.with(empty).plan("login"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.no-commit"))
                .hasMessageContaining("git commit --allow-empty");
    }

    @Test
    void a_branch_called_trails_leaves_another_name() throws IOException {
        repository.git("branch", "trails");
        assertThat(scene.plan("login").branch()).isEqualTo("trails-login");
        repository.git("branch", "trails-login");
        assertThat(scene.plan("login").branch()).isEqualTo("trails-login-2");
    }

    @Test
    void a_taken_name_gets_a_number_also_if_only_case_differs_or_it_is_a_directory() throws IOException {
        repository.git("branch", "trails/Login");
        repository.git("branch", "trails/login-2/of/somebody");
        assertThat(scene.plan("login").branch()).isEqualTo("trails/login-3");
        repository.git("pack-refs", "--all");
        assertThat(scene.plan("login").branch()).isEqualTo("trails/login-3");
    }

    @Test
    void a_taken_directory_gets_a_number() throws IOException {
        Files.createDirectories(scene.scratch().resolve("repo.trails/login"));
        Files.createSymbolicLink(scene.scratch().resolve("repo.trails/login-2"), Path.of("nowhere"));
        assertThat(scene.plan("login").root()).isEqualTo(scene.scratch().resolve("repo.trails/login-3"));
    }

    @Test
    void a_directory_of_the_repository_has_its_counterpart() throws IOException {
        WorktreePlan plan = scene.plan(scene.request("login", repository.path("src"), repository.environment())
                .build());
        assertThat(plan.root()).isEqualTo(scene.scratch().resolve("repo.trails/login"));
        assertThat(plan.directory()).isEqualTo(plan.root().resolve("src"));
    }

    @Test
    void a_linked_worktree_starts_from_its_own_head_beside_the_main_one() throws IOException {
        repository.git("worktree", "add", "-q", "-b", "side", "../side");
        TestRepository side = TestRepository.at(scene.scratch().resolve("side"), repository.environment());
        String commit = side.write("side", "side").commit("side");
        WorktreePlan plan = scene.with(side).plan("login");
        assertThat(plan.base()).isEqualTo(commit);
        assertThat(plan.baseBranch()).contains("side");
        assertThat(plan.root()).isEqualTo(scene.scratch().resolve("repo.trails/login"));
        assertThat(plan.commonDirectory()).isEqualTo(repository.path(".git"));
    }

    @Test
    void a_bare_repository_has_nothing_to_carry() throws IOException {
        Path bare = scene.scratch().resolve("bare.git");
        repository.git("clone", "-q", "--bare", ".", bare.toString());
        WorktreePlan plan = scene.plan(WorkspaceRequest.builder("login", bare, scene.scratch())
                .environment(repository.environment())
                .build());
        assertThat(plan.source()).isEmpty();
        assertThat(plan.dirty()).isEqualTo(DirtyPolicy.IGNORE);
        assertThat(plan.root()).isEqualTo(scene.scratch().resolve("bare.trails/login"));
    }

    @Test
    void a_submodule_gets_no_tree_inside_the_repository_around_it() throws IOException {
        TestRepository outer = TestRepository.init(scene.scratch().resolve("outer"));
        outer.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                repository.directory().toString(),
                "sub");
        WorktreePlan plan = scene.plan(
                scene.request("login", outer.path("sub"), environmentWithData()).build());
        assertThat(plan.root().toString()).startsWith(scene.scratch() + "/data/trails/worktrees/sub-");
        assertThat(plan.source()).contains(outer.path("sub"));
    }

    @Test
    void a_repository_inside_another_gets_no_tree_in_it() throws IOException {
        TestRepository inner = TestRepository.init(repository.path("vendor/inner"));
        inner.write("a", "a").commit("a");
        WorktreePlan plan = scene.plan(
                scene.request("login", inner.directory(), environmentWithData()).build());
        assertThat(plan.root().toString()).startsWith(scene.scratch() + "/data/trails/worktrees/inner-");
    }

    @Test
    void a_separate_git_directory_does_not_move_the_tree() throws IOException {
        Path git = scene.scratch().resolve("elsewhere/git");
        Files.createDirectories(git.getParent());
        repository.git("init", "-q", "--separate-git-dir", git.toString());
        WorktreePlan plan = scene.plan("login");
        assertThat(plan.root()).isEqualTo(scene.scratch().resolve("repo.trails/login"));
        assertThat(plan.commonDirectory()).isEqualTo(git);
    }

    @Test
    void a_file_in_the_place_of_the_parent_leads_to_the_users_data() throws IOException {
        Files.writeString(scene.scratch().resolve("repo.trails"), "a file");
        WorktreePlan plan = scene.plan(scene.request("login", repository.directory(), environmentWithData())
                .build());
        assertThat(plan.root().toString()).startsWith(scene.scratch() + "/data/trails/worktrees/repo-");
    }

    private Map<String, String> environmentWithData() {
        var environment = new HashMap<>(repository.environment());
        environment.put("XDG_DATA_HOME", scene.scratch().resolve("data").toString());
        return environment;
    }

    @Test
    void a_configured_location_goes_first_but_not_inside_the_repository() throws IOException {
        Path place = scene.scratch().resolve("place");
        WorktreePlan plan =
                scene.plan(scene.request("login", WorkspaceSettings.none().withLocation(place)));
        assertThat(plan.root()).startsWithRaw(place).endsWithRaw(Path.of("login"));
        for (String inside : new String[] {"trees", ".git/trees"}) {
            WorkspaceRequest request =
                    scene.request("login", WorkspaceSettings.none().withLocation(repository.path(inside)));
            assertThatThrownBy(() -> scene.plan(request))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.location-unusable"));
        }
    }

    @Test
    void no_repository_is_refused_with_a_way_out() throws IOException {
        Path plain = Files.createDirectories(scene.scratch().resolve("plain"));
        for (Path project : new Path[] {plain, scene.scratch().resolve("missing")}) {
            WorkspaceRequest request =
                    scene.request("login", project, repository.environment()).build();
            assertThatThrownBy(() -> scene.plan(request))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.no-repository"))
                    .hasMessageContaining("git init");
        }
    }

    @Test
    void a_path_with_a_line_end_is_refused() throws IOException {
        TestRepository odd = TestRepository.init(scene.scratch().resolve("two\nlines"));
        odd.write("a", "a").commit("a");
        assertThatThrownBy(() -> scene.with(odd).plan("login"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.path-inexpressible"));
    }

    @Test
    void git_variables_of_the_host_do_not_lead_elsewhere() throws IOException {
        TestRepository other = TestRepository.init(scene.scratch().resolve("other"));
        other.write("other", "other").commit("other");
        var environment = new HashMap<>(repository.environment());
        environment.put("GIT_DIR", other.path(".git").toString());
        environment.put("GIT_WORK_TREE", other.directory().toString());
        environment.put("GIT_INDEX_FILE", other.path(".git/index").toString());
        WorktreePlan plan = scene.plan(
                scene.request("login", repository.directory(), environment).build());
        assertThat(plan.commonDirectory()).isEqualTo(repository.path(".git"));
    }
}
