package io.trails.worktree.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceStateTest {
    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void two_branches_in_conflict() throws IOException {
        repository = TestRepository.init(directory.resolve("repo"));
        repository.write("a", "one\n").commit("first");
        repository.git("branch", "other");
        repository.write("a", "ours\n").commit("ours");
        repository.write("a", "ours again\n").commit("ours again");
        repository.git("checkout", "-q", "other");
        repository.write("a", "theirs\n").commit("theirs");
    }

    private SourceState state() {
        return SourceState.of(repository.git());
    }

    @Test
    void a_clean_tree_has_nothing_to_tell() {
        assertThat(state().clean()).isTrue();
        assertThat(state().operations()).isEmpty();
        assertThat(state().describe()).isEqualTo("everything is committed");
    }

    @Test
    void all_kinds_of_work_are_told_by_path() throws IOException {
        repository.write("a", "changed\n").write("b", "b").git("add", "b");
        repository.write("c/d", "d").write("c/\"e\"\n", "e").write(".trails/state.json", "{}");

        SourceState state = SourceState.of(repository.git(), Optional.of(".trails/"));

        assertThat(state.staged()).map(RepoPath::text).containsExactly("b");
        assertThat(state.unstaged()).map(RepoPath::text).containsExactly("a");
        assertThat(state.untracked()).map(RepoPath::text).containsExactlyInAnyOrder("c/d", "c/\"e\"\n");
        assertThat(state.clean()).isFalse();
        assertThat(state.describe()).startsWith("1 staged (b), 1 not staged (a), 2 not tracked (");
    }

    @Test
    void each_operation_under_way_is_told() {
        repository.tryGit("merge", "-q", "main");
        assertThat(state().operations()).containsExactly(Operation.MERGE);
        assertThat(state().unmerged()).map(RepoPath::text).containsExactly("a");
        assertThat(state().describe()).isEqualTo("a merge is under way, 1 unmerged (a)");
        repository.git("merge", "--abort");

        repository.tryGit("rebase", "-q", "main");
        assertThat(state().operations()).containsExactly(Operation.REBASE);
        repository.git("rebase", "--abort");

        repository.tryGit("rebase", "-q", "--apply", "main");
        assertThat(state().operations()).containsExactly(Operation.REBASE);
        repository.git("rebase", "--abort");

        repository.tryGit("cherry-pick", "main~1", "main");
        assertThat(state().operations()).containsExactlyInAnyOrder(Operation.CHERRY_PICK, Operation.SEQUENCE);
        repository.git("cherry-pick", "--abort");

        repository.tryGit("revert", "--no-edit", "main");
        assertThat(state().operations()).containsExactly(Operation.REVERT);
        repository.git("revert", "--abort");

        repository.git("bisect", "start");
        assertThat(state().operations()).containsExactly(Operation.BISECT);
        assertThat(Operation.BISECT.ownsFiles()).isFalse();
        repository.git("bisect", "reset");

        repository.git("format-patch", "-q", "-1", "main", "-o", directory.toString());
        repository.tryGit("am", "-q", directory.resolve("0001-ours-again.patch").toString());
        assertThat(state().operations()).containsExactly(Operation.AM);
    }

    @Test
    void what_is_under_way_in_another_tree_does_not_count() throws IOException {
        repository.tryGit("merge", "-q", "main");
        var linked = SessionTrees.worktree(repository, "s", "main");

        assertThat(SourceState.of(linked.git()).operations()).isEmpty();
    }
}
