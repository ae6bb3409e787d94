package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM that dies while it creates a worktree, and the next one that finds what is left. */
class CreationCrashTest {
    @TempDir
    Path scratch;

    private Scene scene;
    private TestRepository repository;
    private WorkspaceRequest request;
    private WorktreePlan plan;

    @BeforeEach
    void a_repository() throws IOException {
        scene = Scene.in(scratch);
        repository = scene.repository();
        repository.write(".gitignore", ".env\n").commit("ignore");
        repository.write(".env", "KEY=1\n").write(".worktreeinclude", ".env\n");
        request = scene.request("login").build();
        plan = scene.plan(request);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void creating_again_after_a_crash_gives_one_usable_tree(Step last) throws Exception {
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
        scene.create(plan, request);
        assertUsable();
    }

    @Test
    void what_a_crash_left_before_the_registration_is_adopted() throws IOException {
        new StartRefs(repository.git(), plan).create();
        scene.create(plan, request);
        assertUsable();
    }

    @Test
    void a_start_without_its_branch_is_completed() throws IOException {
        repository.git("update-ref", plan.refs().start(), plan.base());
        scene.create(plan, request);
        assertUsable();
    }

    @Test
    void what_a_crash_left_while_staging_is_replaced() throws IOException {
        Path staged = plan.commonDirectory().resolve("trails/staged").resolve(plan.administration());
        Files.createDirectories(staged);
        Files.writeString(staged.resolve("HEAD"), "ref: ref");
        scene.create(plan, request);
        assertUsable();
        assertThat(staged.getParent()).doesNotExist();
    }

    @Test
    void what_a_crash_left_between_registration_and_link_is_adopted() throws IOException {
        new StartRefs(repository.git(), plan).create();
        new Entry(plan).register();
        Files.createDirectories(plan.root());
        Files.writeString(plan.root().resolve(".git"), "");
        scene.create(plan, request);
        assertUsable();
    }

    @Test
    void what_somebody_wrote_into_a_half_made_tree_is_not_lost() throws IOException {
        new StartRefs(repository.git(), plan).create();
        new Entry(plan).register();
        new TreeRoot(new Entry(plan)).link();
        Files.writeString(plan.root().resolve("README.md"), "edited by somebody\n");
        Files.writeString(plan.root().resolve("new.txt"), "written by somebody\n");
        scene.create(plan, request);
        assertThat(everything(plan.root(), plan.gitDirectory()))
                .contains("edited by somebody\n", "written by somebody\n", "read me\n");
    }

    @Test
    void a_creation_that_fails_after_a_crash_does_not_lose_it_either() throws IOException {
        new StartRefs(repository.git(), plan).create();
        new Entry(plan).register();
        new TreeRoot(new Entry(plan)).link();
        Files.writeString(plan.root().resolve("new.txt"), "written by somebody\n");
        var creation = new Creation(plan, request, repository.git().program(), step -> {
            if (step == Step.PREPARED) throw new IllegalStateException("as asked");
        });
        assertThatThrownBy(creation::run).hasMessage("as asked");
        boolean kept = Files.exists(plan.root().resolve("new.txt"));
        String rescued = repository.git(
                "for-each-ref", "--format=%(refname)", plan.refs().trash());
        for (String ref : rescued.lines().toList())
            kept |= repository.tryGit("cat-file", "-e", ref + ":new.txt").ok();
        assertThat(kept).isTrue();
    }

    private static List<String> everything(Path... roots) throws IOException {
        var contents = new ArrayList<String>();
        for (Path root : roots) {
            try (var files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().endsWith("README.md")
                                || file.toString().endsWith("new.txt"))
                        .toList()) contents.add(Files.readString(file));
            }
        }
        return contents;
    }

    private void assertUsable() throws IOException {
        TestRepository tree = TestRepository.at(plan.root(), repository.environment());
        assertThat(tree.git("status", "--porcelain")).isEmpty();
        assertThat(tree.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trails/login");
        assertThat(tree.read("README.md")).isEqualTo("read me\n");
        assertThat(tree.read(".env")).isEqualTo("KEY=1\n");
        assertThat(repository.git("worktree", "list").lines()).hasSize(2);
        assertThat(repository.git("for-each-ref", "--format=%(refname)").lines())
                .containsExactly(
                        "refs/heads/main",
                        "refs/heads/trails/login",
                        plan.refs().start());
        assertThat(repository.git("fsck")).isEmpty();
        try (var trees = Files.list(plan.root().getParent())) {
            assertThat(trees).containsExactly(plan.root());
        }
    }
}
