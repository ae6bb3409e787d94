package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a population that did not come to its end left in a tree. What is right stays, what is missing is written, and what lies
 * in the way goes to the tree's git directory: it may be half a file, or what should not be there, and is kept.
 */
record Leftovers(Git tree, GitDirectory directory, Checkout checkout) {
    private static final String ASIDE = "trails-aside";

    static boolean exist(Path root, GitDirectory directory) throws IOException {
        if (Files.exists(directory.index())) return true;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(".git")) return true;
            }
        }
        return false;
    }

    void finish(String commit) throws IOException {
        // Nobody else works in the tree, so a lock is as old as what is left.
        Files.deleteIfExists(directory.index().resolveSibling("index.lock"));
        tree.run(checkout.call("read-tree", "--reset", commit));
        tree.run(checkout.call("update-index", "-q", "--refresh").accepting(0, 1));
        List<RepoPath> fields = tree.run(GitCall.of(
                        "diff-files", "-z", "--name-status", "--no-renames", "--no-ext-diff", "--no-textconv"))
                .fields();
        for (int i = 0; i + 1 < fields.size(); i += 2) clear(fields.get(i + 1));
        tree.run(checkout.call("read-tree", "--reset", "-u", commit));
    }

    /** Moves away what is at the path, or at the place of one of its directories. */
    private void clear(RepoPath path) throws IOException {
        Optional<Path> file = path.in(tree.directory());
        if (file.isEmpty()) throw new IOException("'" + path + "' cannot be looked at in this JVM's locale");
        Path relative = tree.directory().relativize(file.get());
        Path at = tree.directory();
        for (Path name : relative) {
            at = at.resolve(name);
            boolean last = at.equals(file.get());
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) return;
            if (last || !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                moveAside(at);
                return;
            }
        }
    }

    private void moveAside(Path file) throws IOException {
        Path aside = Files.createDirectories(directory.path().resolve(ASIDE));
        int number = 1;
        while (Files.exists(aside.resolve(Integer.toString(number)))) number++;
        Path free =
                Files.createDirectory(aside.resolve(Integer.toString(number))).resolve(file.getFileName());
        Files.move(file, free);
    }
}
