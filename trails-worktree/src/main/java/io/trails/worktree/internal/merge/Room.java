package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether new files have room in a tree: nothing is where they go but what the same move takes away. Ignored files count too. */
final class Room {
    private final Path root;
    private final Set<Path> leaving;

    /** @param changed the tracked paths that the move deletes or replaces */
    Room(Path root, Set<RepoPath> changed) {
        this.root = root;
        leaving = changed.stream().flatMap(path -> path.in(root).stream()).collect(Collectors.toSet());
    }

    /** A name that this JVM cannot express counts as free: git refuses by itself if it is not. */
    boolean isTaken(RepoPath path) {
        Optional<Path> wanted = path.in(root);
        if (wanted.isEmpty()) return false;
        Optional<Path> above = fileAbove(wanted.get());
        if (above.isPresent()) return !leaving.contains(above.get());
        if (Files.isDirectory(wanted.get(), LinkOption.NOFOLLOW_LINKS)) return !isEmptied(wanted.get());
        return Files.exists(wanted.get(), LinkOption.NOFOLLOW_LINKS) && !leaving.contains(wanted.get());
    }

    /** What is no directory where one has to be; a link to one is none. */
    private Optional<Path> fileAbove(Path path) {
        for (Path above = path.getParent(); above != null && !above.equals(root); above = above.getParent()) {
            boolean free = !Files.exists(above, LinkOption.NOFOLLOW_LINKS);
            if (!free && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) return Optional.of(above);
        }
        return Optional.empty();
    }

    private boolean isEmptied(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.allMatch(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || leaving.contains(file));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
