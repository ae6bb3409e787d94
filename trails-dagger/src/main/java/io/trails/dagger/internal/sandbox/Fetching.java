package io.trails.dagger.internal.sandbox;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.Graph;
import io.trails.spi.SandboxNotice.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Fetches changed files where all of them at once cannot be had: an engine gives up an export at the first thing that the user of its
 * program cannot write, such as a file in a directory that is read-only, or a device. Single-threaded.
 */
final class Fetching {
    private final Surroundings with;
    private final Situation situation;
    private final DirectoryId now;
    private final Function<List<String>, DirectoryStep> picked;

    /** @param picked the directory with those files alone */
    Fetching(Surroundings with, Situation situation, DirectoryId now, Function<List<String>, DirectoryStep> picked) {
        this.with = with;
        this.situation = situation;
        this.now = now;
        this.picked = picked;
    }

    /**
     * Fetches what can be had, and tells of the rest.
     *
     * @param failed why all of it at once cannot be had
     * @return whether all of it could be had
     */
    boolean insteadOf(GraphException failed, List<String> paths, Path staging) {
        if (!isThere()) throw failed;
        makeWritable(staging);
        return fetch(paths, staging);
    }

    /** Whether the engine has the files at all: if not, nothing is to be fetched, and nothing must count as fetched. */
    private boolean isThere() {
        try {
            var sync = Graph.directory(now).sync();
            situation.engine().ask(with.patience(), sync);
            return true;
        } catch (GraphException gone) {
            return false;
        }
    }

    /** Halves what cannot be had until that is single files, which are fetched by themselves or told of. */
    private boolean fetch(List<String> paths, Path staging) {
        try {
            situation.engine().ask(with.patience(), picked.apply(paths).export(staging));
            return true;
        } catch (GraphException failed) {
            makeWritable(staging);
            if (paths.size() == 1) return alone(paths.get(0), staging);
            int half = paths.size() / 2;
            boolean first = fetch(paths.subList(0, half), staging);
            return fetch(paths.subList(half, paths.size()), staging) && first;
        }
    }

    private boolean alone(String path, Path staging) {
        Path target = staging.resolve(path);
        try {
            Files.createDirectories(path.endsWith("/") ? target : target.getParent());
            if (!path.endsWith("/")) {
                situation
                        .engine()
                        .ask(with.patience(), Graph.directory(now).file(path).export(target));
            }
            return true;
        } catch (GraphException | IOException failed) {
            LoggerFactory.getLogger(Fetching.class).debug("A file cannot be had", failed);
            with.tell(
                    Kind.WITHHELD,
                    Reason.of(
                            "dagger.file-unfetched",
                            "'" + path
                                    + "' cannot be written on this host by the user of the engine's program, and is in the"
                                    + " container alone for now",
                            "make room, or change its kind or the permissions of its directory in the container"));
            forget(target);
            return false;
        }
    }

    /** A part of a file must not pass for the whole. */
    private static void forget(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable", "What came from a container cannot be sorted: " + target, e);
        }
    }

    /** What was begun must not be in the way of what follows. Links are not followed. */
    private static void makeWritable(Path staging) {
        try {
            Files.walkFileTree(staging, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    var view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
                    if (view == null) return FileVisitResult.CONTINUE;
                    Set<PosixFilePermission> permissions = EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
                    permissions.addAll(view.readAttributes().permissions());
                    view.setPermissions(permissions);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable", "What came from a container cannot be sorted in " + staging, e);
        }
    }
}
