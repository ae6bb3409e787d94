package io.trails.worktree.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Checkpoint;
import io.trails.worktree.fixture.Picture;
import io.trails.worktree.fixture.RandomWork;
import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Checkpoints;
import io.trails.worktree.internal.snapshot.Operation;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever somebody has done in a tree. */
class AnyWorkTest {
    private static final int TRIES = 6;
    private static final int MANY = 16;

    private Path directory;
    private TestRepository repository;

    @BeforeTry
    void init() throws IOException {
        directory = Files.createTempDirectory("trails-any-work-");
        repository = TestRepository.init(directory.resolve("repo"));
        repository.write(".gitignore", "*.log\nignored/\n");
    }

    @AfterTry
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    @Tag("long")
    @Property(tries = MANY, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void is_carried_as_it_is_many_times(@ForAll long seed) throws IOException {
        is_carried_as_it_is_and_moved_without_a_loss(seed);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void is_carried_as_it_is_and_moved_without_a_loss(@ForAll long seed) throws IOException {
        var work = new RandomWork(repository, seed);
        work.steps(15);
        repository.commit("first");
        work.steps(20);
        forgetAnnouncedFilesThatAreGone();
        SessionTree target = SessionTrees.worktree(repository, "s", "HEAD");
        var before = Picture.of(repository.git());
        byte[] index = Files.readAllBytes(repository.path(".git/index"));
        Map<String, String> visible = visible();

        Optional<String> start = new Carry(repository.git(), Optional.empty(), target).carry();

        assertThat(Picture.of(repository.git())).isEqualTo(before);
        assertThat(Files.readAllBytes(repository.path(".git/index"))).isEqualTo(index);
        assertThat(Picture.of(target.git()))
                .isEqualTo(new Picture(visible, before.status(), before.staged(), before.unstaged()));
        assertThat(start.isEmpty()).isEqualTo(before.status().isEmpty());
        if (start.isEmpty()) return;

        String rescue = new Carry(repository.git(), Optional.empty(), target).clean(start.get());

        assertThat(repository.git("diff", "--cached", "--name-only")).isEmpty();
        assertThat(repository.git("ls-files", "--others", "--exclude-standard")).isEmpty();
        Map<String, String> left = Picture.files(repository.directory());
        repository.git(
                "worktree",
                "add",
                "-q",
                "--detach",
                directory.resolve("rescued").toString(),
                rescue);
        Map<String, String> rescued = Picture.files(directory.resolve("rescued"));
        before.files().forEach((path, content) -> {
            if (!content.equals(left.get(path))) assertThat(rescued).containsEntry(path, content);
        });
        assertThat(repository.git("fsck", "--no-dangling")).isEmpty();
    }

    @Tag("long")
    @Property(tries = MANY, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void is_kept_and_brought_back_many_times(@ForAll long seed) throws IOException {
        is_kept_by_a_checkpoint_and_brought_back_by_a_restore(seed);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void is_kept_by_a_checkpoint_and_brought_back_by_a_restore(@ForAll long seed) throws IOException {
        var work = new RandomWork(repository, seed);
        work.steps(10);
        if (seed % 5 != 0) repository.commit("first");
        work.steps(15);
        var checkpoints = new Checkpoints(SessionTrees.inPlace(repository));
        var before = Picture.of(repository.git());
        byte[] index = index();
        Map<String, String> then = visible();
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        assertThat(Picture.of(repository.git())).isEqualTo(before);
        assertThat(index()).isEqualTo(index);
        work.steps(15);
        Map<String, String> now = visible();
        byte[] later = index();

        Checkpoint kept = checkpoints.restore(checkpoint);

        assertThat(index()).isEqualTo(later);
        assertHolds(then);
        checkpoints.restore(kept);
        assertHolds(now);
        checkpoints.restore(checkpoint);
        assertHolds(then);
        assertThat(Operation.underWay(repository.git())).isEmpty();
        assertThat(repository.git("fsck", "--no-dangling")).isEmpty();
    }

    private byte[] index() throws IOException {
        Path file = repository.path(".git/index");
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** What is ignored may be there too. */
    private void assertHolds(Map<String, String> files) throws IOException {
        assertThat(Picture.files(repository.directory())).containsAllEntriesOf(files);
        assertThat(files.keySet()).containsAll(visible().keySet());
    }

    private Map<String, String> visible() throws IOException {
        var files = new TreeMap<>(Picture.files(repository.directory()));
        for (RepoPath ignored : repository
                .git()
                .run("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
                .fields()) {
            files.remove(ignored.text());
        }
        return files;
    }

    /** There is nothing that could be announced again, also where a directory stands now. */
    private void forgetAnnouncedFilesThatAreGone() {
        for (RepoPath gone : repository
                .git()
                .run("diff-files", "-z", "--name-only", "--diff-filter=D")
                .fields()) {
            boolean announced = repository
                    .git("ls-files", "-s", "--", ":(literal)" + gone.text())
                    .contains("e69de29b");
            if (announced) repository.git("--literal-pathspecs", "rm", "-q", "--cached", "--", gone.text());
        }
    }
}
