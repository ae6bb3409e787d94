package io.trails.worktree.internal.changes;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.snapshot.ScratchObjects;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Objects and indexes that nobody needs afterwards. Closing it deletes them. Not thread-safe. */
final class ScratchStore implements AutoCloseable {
    private final ScratchObjects objects;
    private final Path indexes;

    private ScratchStore(ScratchObjects objects, Path indexes) {
        this.objects = objects;
        this.indexes = indexes;
    }

    static ScratchStore open(TreeCalls calls) {
        ScratchObjects objects = ScratchObjects.of(calls.tree().repository());
        try {
            return new ScratchStore(objects, Files.createTempDirectory("trails-indexes-"));
        } catch (IOException e) {
            objects.close();
            throw new TrailsException(
                    "worktree.scratch-failed",
                    "A temporary directory could not be created; make room and try again",
                    e);
        }
    }

    /** The same call, with no index, and with the objects that it writes going here. */
    GitCall on(GitCall call) {
        return on(call, "none");
    }

    /** The same call with an index of its own. */
    GitCall on(GitCall call, String index) {
        return objects.on(call)
                .with("GIT_INDEX_FILE", indexes.resolve(index).toString())
                // A split index would leave its shared part in the repository, and a hook is told of every index that
                // is written.
                .config("core.splitIndex", "false")
                .config("core.hooksPath", indexes.resolve("none").toString())
                .config("core.sparseCheckout", "false")
                .config("index.sparse", "false")
                // To wait for the disk took ten times as long as all the rest.
                .config("core.fsync", "none");
    }

    @Override
    public void close() {
        objects.close();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(indexes)) {
            for (Path file : files) Files.delete(file);
            Files.delete(indexes);
        } catch (IOException e) {
            LoggerFactory.getLogger(ScratchStore.class).debug("Temporary files stay in {}", indexes, e);
        }
    }
}
