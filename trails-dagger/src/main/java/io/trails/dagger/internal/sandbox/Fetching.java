package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.files.UploadPattern;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fetches files of a container by name, which costs an engine far less than to compare two trees again and answer with their
 * difference. Single-threaded.
 */
final class Fetching {
    /** So many come by one request. */
    private static final int FEW = 1_000;

    private final Surroundings with;
    private final Situation situation;
    private final DirectoryId now;

    /** @param now the session's files in the container */
    Fetching(Surroundings with, Situation situation, DirectoryId now) {
        this.with = with;
        this.situation = situation;
        this.now = now;
    }

    /**
     * Fetches what can be had.
     *
     * @param paths directories end with '/', and come with all that is in them if nothing of it is named
     * @return what cannot be had
     */
    List<String> into(Path staging, Collection<String> paths) {
        var failed = new ArrayList<String>();
        for (List<String> part : UploadPattern.inParts(withoutParents(paths), FEW)) {
            try {
                export(situation, with, Graph.directory(now), part, staging);
            } catch (GraphException refused) {
                if (!isThere()) throw refused;
                failed.addAll(part);
            }
        }
        return failed.isEmpty()
                ? List.of()
                : new Gathering(with, situation, now, staging, directories(paths)).gather(failed);
    }

    /** Names relative to the directory. If it fails, nothing that it wrote is of use. */
    static void export(
            Situation situation, Surroundings with, DirectoryStep directory, List<String> names, Path target) {
        var exported = directory.filter(List.of(), patterns(names)).export(target);
        try {
            situation.engine().ask(with.patience(), exported);
        } catch (GraphException failed) {
            Leftovers.empty(target, names);
            throw failed;
        }
    }

    static List<String> patterns(Collection<String> paths) {
        return paths.stream()
                .map(path -> UploadPattern.of(path.endsWith("/") ? path.substring(0, path.length() - 1) : path))
                .toList();
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

    /** A directory that is picked out comes with everything in it, so only one that seems to be empty is. */
    private static List<String> withoutParents(Collection<String> paths) {
        var left = new TreeSet<>(paths);
        for (String path : paths) {
            for (int slash = path.lastIndexOf('/', path.length() - 2);
                    slash > 0 && left.remove(path.substring(0, slash + 1));
                    slash = path.lastIndexOf('/', slash - 1)) {}
        }
        return List.copyOf(left);
    }

    private static Set<String> directories(Collection<String> paths) {
        var directories = new TreeSet<String>();
        for (String path : paths) {
            if (path.endsWith("/")) directories.add(path.substring(0, path.length() - 1));
        }
        return directories;
    }
}
