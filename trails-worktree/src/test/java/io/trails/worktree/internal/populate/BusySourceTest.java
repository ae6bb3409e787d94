package io.trails.worktree.internal.populate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusySourceTest {
    private static final int FILES = 150;
    private static final int LARGE = 1 << 21;

    @TempDir
    private Path parent;

    @Test
    void a_source_that_is_written_meanwhile_does_not_make_the_tree_wrong() throws Exception {
        TestRepository source = TestRepository.init(parent.resolve("source"));
        for (int i = 0; i < FILES; i++) source.write("d" + i % 7 + "/f" + i, content(i, 'a'));
        String commit = source.commit("first");
        FilledTree tree = FilledTree.register(source, parent, commit);
        var stop = new AtomicBoolean();
        var started = new CountDownLatch(1);
        var writer = CompletableFuture.runAsync(() -> write(source, stop, started));
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        tree.populate(Optional.of(source.directory()));
        stop.set(true);
        assertThat(writer).succeedsWithin(Duration.ofSeconds(30));
        tree.isAsGitMadeIt();
    }

    private static String content(int file, char letter) {
        return String.valueOf(letter).repeat(file % 50 == 0 ? LARGE : 100 + file);
    }

    /** Half a file of other bytes of the same length, again and again, and back. */
    private static void write(TestRepository source, AtomicBoolean stop, CountDownLatch started) {
        try {
            for (int round = 0; !stop.get(); round++) {
                for (int i = 0; i < FILES && !stop.get(); i++) {
                    String half = content(i, round % 2 == 0 ? 'b' : 'a');
                    Path file = source.path("d" + i % 7 + "/f" + i);
                    Files.writeString(file, half.substring(half.length() / 2), StandardOpenOption.WRITE);
                    started.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
