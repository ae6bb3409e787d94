package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts that create worktrees at once, while somebody else uses git's own command. */
class ParallelCreationTest {
    private static final int EACH = 20;

    @TempDir
    Path scratch;

    private Scene scene;
    private TestRepository repository;

    @BeforeEach
    void a_repository() throws IOException {
        scene = Scene.in(scratch);
        repository = scene.repository();
        for (int i = 0; i < 100; i++) repository.write("files/" + i, "content of " + i + "\n");
        repository.commit("files");
    }

    @Test
    void all_succeed_and_none_is_in_the_way_of_another() throws Exception {
        List<String> roots = new ArrayList<>();
        try (ChildJvm first = child("first");
                ChildJvm second = child("second");
                ForeignWorktrees foreign = ForeignWorktrees.start(repository)) {
            roots.addAll(first.lines());
            roots.addAll(second.lines());
            assertThat(first.exitCode()).isZero();
            assertThat(second.exitCode()).isZero();
            assertThat(foreign.stop()).as("rounds of the foreign loop").isPositive();
        }
        assertThat(roots).hasSize(2 * EACH).doesNotHaveDuplicates();
        for (String root : roots) {
            TestRepository tree = TestRepository.at(Path.of(root), repository.environment());
            assertThat(tree.git("status", "--porcelain")).as(root).isEmpty();
            assertThat(tree.read("files/99")).isEqualTo("content of 99\n");
        }
        assertThat(repository
                        .git("worktree", "list", "--porcelain")
                        .lines()
                        .filter(line -> line.startsWith("locked trails:")))
                .hasSize(2 * EACH);
        assertThat(repository
                        .git("for-each-ref", "--format=%(refname)", "refs/trails/sessions")
                        .lines())
                .hasSize(2 * EACH);
        assertThat(repository.git("fsck")).isEmpty();
    }

    private ChildJvm child(String prefix) throws IOException {
        return ChildJvm.start(List.of(
                "parallel",
                repository.directory().toString(),
                repository.environment().get("HOME"),
                scene.scratch().resolve("state").toString(),
                prefix,
                Integer.toString(EACH)));
    }
}
