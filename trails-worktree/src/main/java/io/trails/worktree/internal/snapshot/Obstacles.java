package io.trails.worktree.internal.snapshot;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what lies where a file is about to be written and is in no snapshot, because it is ignored: git would overwrite it.
 * Single-threaded.
 */
final class Obstacles {
    private final Path root;
    private final Set<Path> directories = new HashSet<>();
    private final Set<RepoPath> found = new TreeSet<>();

    private Obstacles(Path root) {
        this.root = root;
    }

    /**
     * @param paths that are going to be written
     * @throws TrailsException {@code worktree.restore-blocked} if a repository lies there
     */
    static List<RepoPath> at(Path root, Collection<RepoPath> paths) {
        var obstacles = new Obstacles(root);
        for (RepoPath path : paths) {
            Optional<Path> file = path.in(root);
            if (file.isPresent()) obstacles.look(file.get());
            // git can add what this JVM has no name for, or says that it cannot.
            else obstacles.found.add(path);
        }
        return List.copyOf(obstacles.found);
    }

    private void look(Path file) {
        Path relative = root.relativize(file);
        Path at = root;
        for (Path name : relative) {
            at = at.resolve(name);
            if (directories.contains(at)) continue;
            if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                if (at.equals(file)) addAll(at);
                else directories.add(at);
            } else {
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) add(at);
                return;
            }
        }
    }

    private void addAll(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    if (Files.exists(visited.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) throw blocked(visited);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.restore-blocked",
                    directory + " is in the way of a file and cannot be read: " + e.getMessage() + "; move it away",
                    e);
        }
    }

    private static TrailsException blocked(Path repository) {
        return new TrailsException(
                "worktree.restore-blocked",
                "The repository at " + repository
                        + " is in the way of a file, and nothing keeps what is in it; move it away");
    }

    private void add(Path file) {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        String path =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        found.add(RepoPath.of(path.getBytes(names)));
    }
}
