package io.trails.worktree.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.worktree.fixture.Picture;
import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path directory;

    private TestRepository repository;
    private SessionTree tree;
    private Checkpoints checkpoints;

    @BeforeEach
    void init() throws IOException {
        repository = TestRepository.init(directory.resolve("repo"));
        repository
                .write(".gitignore", "*.log\nignored/\n")
                .write("a", "one\n")
                .write("b", "two\n")
                .write("dir/c", "three\n");
        repository.commit("first");
        tree = SessionTrees.inPlace(repository);
        checkpoints = new Checkpoints(tree);
    }

    @Test
    void they_are_listed_oldest_first_with_all_that_was_said() throws IOException {
        Checkpoint first = checkpoints.checkpoint("one: \"quoted\" é");
        Checkpoint second = checkpoints.checkpoint("Trails-At: 1970-01-01T00:00:00Z");
        Checkpoint third = checkpoints.checkpoint("");

        assertThat(new Checkpoints(tree).list()).containsExactly(first, second, third);
        assertThat(first.label()).isEqualTo("one: \"quoted\" é");
        assertThat(first.session()).isEqualTo(tree.sessionId());
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @Test
    void taking_one_touches_nothing_of_the_users() throws IOException {
        repository.write("a", "changed\n").git("stash");
        repository.write("a", "staged\n").git("add", "a");
        repository.write("new", "x");
        var before = Picture.of(repository.git());
        byte[] index = Files.readAllBytes(repository.path(".git/index"));
        String refs = userRefs();

        checkpoints.checkpoint("x");

        assertThat(Picture.of(repository.git())).isEqualTo(before);
        assertThat(Files.readAllBytes(repository.path(".git/index"))).isEqualTo(index);
        assertThat(userRefs()).isEqualTo(refs);
        assertThat(repository.git("stash", "list").lines()).hasSize(1);
    }

    private String userRefs() {
        return repository.git("for-each-ref", "refs/heads", "refs/tags", "refs/stash")
                + repository.git("symbolic-ref", "HEAD");
    }

    @Test
    void restoring_brings_back_every_byte_and_keeps_what_was_there() throws IOException {
        repository.write("a", "staged\n").git("add", "a");
        repository.write("a", "then\n").write("new/then", "then").write("x.log", "log");
        Files.delete(repository.path("b"));
        var then = Picture.files(repository.directory());
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        repository
                .write("a", "now\n")
                .write("b", "now\n")
                .write("new/now", "now")
                .write("x.log", "log now");
        Files.delete(repository.path("new/then"));
        var now = Picture.files(repository.directory());
        byte[] index = Files.readAllBytes(repository.path(".git/index"));
        String refs = userRefs();

        Checkpoint before = checkpoints.restore(checkpoint);

        then.put("x.log", "file log now");
        assertThat(Picture.files(repository.directory())).isEqualTo(then);
        assertThat(Files.readAllBytes(repository.path(".git/index"))).isEqualTo(index);
        assertThat(userRefs()).isEqualTo(refs);
        assertThat(checkpoints.list()).containsExactly(checkpoint, before);
        checkpoints.restore(before);
        assertThat(Picture.files(repository.directory())).isEqualTo(now);
    }

    @Test
    void nothing_is_staged_that_was_not() throws IOException {
        repository.write("a", "then\n").write("new", "then");
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        repository.git("add", "-A");
        repository.git("commit", "-q", "-m", "second");
        repository.write("a", "now\n");

        checkpoints.restore(checkpoint);

        assertThat(repository.read("a")).isEqualTo("then\n");
        assertThat(repository.git("diff", "--cached", "--name-only")).isEmpty();
        assertThat(repository.git("log", "-1", "--format=%s")).isEqualTo("second");
    }

    @Test
    void an_ignored_file_in_the_place_of_a_restored_one_is_kept() throws IOException {
        repository.write("late", "then");
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        repository.write(".gitignore", "late\nplace\n*.log\nignored/\n").write("late", "secret");

        Checkpoint before = checkpoints.restore(checkpoint);

        assertThat(repository.read("late")).isEqualTo("then");
        assertThat(repository.git("cat-file", "blob", before.id() + ":late")).isEqualTo("secret");
    }

    @Test
    void ignored_files_in_a_directory_in_the_place_of_a_restored_file_are_kept() throws IOException {
        repository.write("place", "then").write("over/there", "then");
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        Files.delete(repository.path("place"));
        Files.delete(repository.path("over/there"));
        Files.delete(repository.path("over"));
        repository
                .write(".gitignore", "place\nover\n")
                .write("place/deep/inside", "one")
                .write("over", "two");

        Checkpoint before = checkpoints.restore(checkpoint);

        assertThat(repository.read("place") + repository.read("over/there")).isEqualTo("thenthen");
        assertThat(repository.git("cat-file", "blob", before.id() + ":place/deep/inside"))
                .isEqualTo("one");
        assertThat(repository.git("cat-file", "blob", before.id() + ":over")).isEqualTo("two");
    }

    @Test
    void a_repository_in_the_place_of_a_restored_file_is_left_alone() throws IOException {
        repository.write("place", "then");
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        Files.delete(repository.path("place"));
        TestRepository.init(repository.path("place"), directory.resolve("home"))
                .write("f", "f")
                .commit("inner");
        var before = Picture.files(repository.directory());

        assertThatThrownBy(() -> checkpoints.restore(checkpoint))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.restore-blocked"));
        assertThat(Picture.files(repository.directory())).isEqualTo(before);
    }

    @Test
    void what_is_hidden_from_git_is_not_overwritten_unseen() throws IOException {
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        repository.write("a", "second\n").commit("second");
        repository.git("update-index", "--assume-unchanged", "a");
        repository.write("a", "hidden\n");

        Checkpoint before = checkpoints.restore(checkpoint);

        assertThat(repository.read("a")).isEqualTo("one\n");
        assertThat(repository.git("cat-file", "blob", before.id() + ":a")).isEqualTo("hidden");
    }

    @Test
    void a_sparse_checkout_stays_sparse() throws IOException {
        repository.write("outside/x", "x").write("outside/y", "y").commit("more");
        Checkpoint full = checkpoints.checkpoint("full");
        repository.git("sparse-checkout", "set", "--cone", "dir");
        Checkpoint checkpoint = checkpoints.checkpoint("sparse");
        repository.write("a", "changed\n").write("other/new", "new");
        Checkpoint later = checkpoints.checkpoint("later");
        repository.write("outside/z", "agents do not care\n");

        checkpoints.restore(checkpoint);
        assertThat(repository.path("outside")).doesNotExist();
        assertThat(repository.read("a")).isEqualTo("one\n");
        checkpoints.restore(later);
        assertThat(repository.read("other/new")).isEqualTo("new");
        checkpoints.restore(full);
        assertThat(repository.path("outside")).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_merge_under_way_is_not_disturbed() throws IOException {
        repository.git("branch", "other");
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        repository.write("a", "ours\n").commit("ours");
        repository.git("checkout", "-q", "other");
        repository.write("a", "theirs\n").commit("theirs");
        repository.tryGit("merge", "-q", "main");

        assertThatThrownBy(() -> checkpoints.restore(checkpoint))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.operation-under-way"))
                .hasMessageContaining("merge");
        assertThat(checkpoints.checkpoint("in the middle")).isNotNull();
    }

    @Test
    void an_unknown_checkpoint_is_refused() {
        String head = repository.git("rev-parse", "HEAD");
        for (String id : new String[] {head, "no id", "0".repeat(40), "HEAD"}) {
            var unknown = new Checkpoint(id, "here", "x", Instant.EPOCH);
            assertThatThrownBy(() -> checkpoints.restore(unknown))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.checkpoint-unknown"));
            assertThatThrownBy(() -> Checkpoints.baseOf(repository.git(), id))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.checkpoint-unknown"));
        }
    }

    @Test
    void they_survive_garbage_collection() throws IOException {
        repository.write("new", "kept").write("a", "staged\n").git("add", "a");
        repository.write("a", "one\n");
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        repository.git("reset", "-q", "--hard");
        Files.delete(repository.path("new"));
        repository.git("reflog", "expire", "--expire=now", "--all");

        repository.git("gc", "-q", "--prune=now");

        checkpoints.restore(checkpoint);
        assertThat(repository.read("new")).isEqualTo("kept");
        assertThat(repository.git("show", checkpoint.id() + "^2:a")).isEqualTo("staged");
        assertThat(repository.git("fsck", "--no-dangling")).isEmpty();
    }

    @Test
    void many_at_once_get_a_number_each() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var all = new ArrayList<Callable<Checkpoint>>();
            for (int i = 0; i < 12; i++) all.add(() -> checkpoints.checkpoint("x"));
            for (var each : threads.invokeAll(all, 2, TimeUnit.MINUTES))
                assertThat(checkpoints.list()).contains(each.get());
        } finally {
            threads.shutdownNow();
        }

        assertThat(repository
                        .git(
                                "for-each-ref",
                                "--format=%(refname:lstrip=4)",
                                tree.refs().checkpoints())
                        .lines())
                .hasSize(12)
                .startsWith("000001")
                .endsWith("000012");
    }

    @Test
    void a_repository_without_commits_has_checkpoints() throws IOException {
        var fresh = TestRepository.init(directory.resolve("fresh"), directory.resolve("home"));
        fresh.write("x", "then");
        var unborn = new Checkpoints(SessionTrees.inPlace(fresh));
        Checkpoint checkpoint = unborn.checkpoint("then");
        fresh.write("x", "now").write("y", "now");

        unborn.restore(checkpoint);

        assertThat(Picture.files(fresh.directory())).containsOnly(Map.entry("x", "file then"));
        assertThat(fresh.git().commit("HEAD")).isEmpty();
        assertThatThrownBy(() -> Checkpoints.baseOf(fresh.git(), checkpoint.id()))
                .isInstanceOf(TrailsException.class);
    }
}
