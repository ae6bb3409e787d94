package io.trails.worktree.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.Checkpoint;
import io.trails.worktree.fixture.Picture;
import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRestoreTest {
    private static final int FILES = 400;

    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void init() throws IOException {
        repository = TestRepository.init(directory.resolve("repo"));
        repository.write("a", "x").commit("first");
    }

    private void fill(String name, String content) throws IOException {
        for (int i = 0; i < FILES; i++)
            repository.write(String.format("dir%d/%s%03d", i % 7, name, i), content.repeat(2_000));
    }

    @Test
    void a_second_restore_finishes_what_a_killed_one_began() throws Exception {
        fill("f", "then");
        fill("gone", "then");
        var checkpoints = new Checkpoints(SessionTrees.inPlace(repository));
        Checkpoint checkpoint = checkpoints.checkpoint("then");
        var then = Picture.files(repository.directory());
        fill("f", "now");
        fill("new", "now");
        for (int i = 0; i < FILES; i++) Files.delete(repository.path(String.format("dir%d/gone%03d", i % 7, i)));
        var now = Picture.files(repository.directory());

        for (int seen : List.of(0, 7 * 10, 7 * 40)) killWhenRestored(String.format("dir0/f%03d", seen), checkpoint);
        checkpoints.restore(checkpoint);

        assertThat(Picture.files(repository.directory())).isEqualTo(then);
        Checkpoint before = checkpoints.list().get(1);
        checkpoints.restore(before);
        assertThat(Picture.files(repository.directory())).isEqualTo(now);
        assertThat(repository.git("fsck", "--no-dangling")).isEmpty();
    }

    /** Its git with it: a restore that goes on alone would be none that was killed. */
    private void killWhenRestored(String file, Checkpoint checkpoint) throws Exception {
        Process host = RestoringHost.start(repository, checkpoint, directory.resolve("host.log"));
        try {
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !host.isAlive() || isRestored(file));
            // It starts no other git while it is looked at.
            new ProcessBuilder("kill", "-STOP", Long.toString(host.pid()))
                    .start()
                    .waitFor();
            await().atMost(Duration.ofSeconds(60)).until(() -> !host.isAlive() || isStopped(host.pid()));
        } finally {
            List<ProcessHandle> children = host.descendants().toList();
            host.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
            for (ProcessHandle child : children) child.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static boolean isStopped(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (NoSuchFileException ended) {
            return true;
        }
    }

    private boolean isRestored(String file) throws IOException {
        try {
            return repository.read(file).startsWith("then");
        } catch (NoSuchFileException beingWritten) {
            return false;
        }
    }
}
