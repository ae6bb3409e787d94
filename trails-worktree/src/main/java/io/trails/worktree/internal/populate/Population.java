package io.trails.worktree.internal.populate;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.LoggerFactory;

/** Fills a registered tree, whose HEAD is set, with the files of a commit and a right index. No hook runs. */
public final class Population {
    private Population() {}

    /**
     * Fills the tree. Called again after a crash it finishes; what lies in the way and is not the commit's is moved aside into
     * the tree's git directory and never deleted.
     *
     * @param tree git at the root of the new tree, which nobody works in yet
     * @param source the root of a tree whose files may be copied
     * @param commit its full id
     * @param content the id of its tree, if it is known
     * @return what could not be brought along, such as submodules that need a network
     * @throws GitFailedException if git fails, among others with a required filter
     * @throws TrailsException {@code worktree.unwritable} if the tree's git directory cannot be written
     */
    public static List<Reason> populate(
            Git tree, Optional<Path> source, String commit, Optional<String> content, WorkspaceSettings settings) {
        try {
            GitDirectory directory = GitDirectory.of(tree.directory());
            if (source.isPresent()) {
                new SparseSettings(tree, GitDirectory.of(source.get()), directory).inherit();
            }
            var checkout = new Checkout(tree, settings);
            if (Leftovers.exist(tree.directory(), directory)) {
                new Leftovers(tree, directory, checkout).finish(commit);
            } else if (source.isEmpty() || !isSeeded(new SeededTree(tree, directory, source.get(), commit, content))) {
                finish(tree, directory, checkout, commit);
            }
            if (source.isEmpty()) return List.of();
            return new Submodules(tree, directory, source.get(), settings).bring();
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.unwritable",
                    "The new tree " + tree.directory() + " could not be filled: " + e.getMessage(),
                    e);
        }
    }

    /** A copying that failed midway has no index, but files. */
    private static void finish(Git tree, GitDirectory directory, Checkout checkout, String commit) throws IOException {
        boolean failed = Files.notExists(directory.index()) && Leftovers.exist(tree.directory(), directory);
        if (failed) new Leftovers(tree, directory, checkout).finish(commit);
        else checkout.run(commit);
    }

    /** @return whether nothing is left to git */
    private static boolean isSeeded(SeededTree seeded) {
        if (!Stat.isKnown(seeded.source().getFileSystem())) return false;
        try {
            return seeded.fill();
        } catch (IOException | ExecutionException | InvalidPathException | GitFailedException e) {
            LoggerFactory.getLogger(Population.class)
                    .debug("No files are copied from {}: {}", seeded.source(), e.getMessage(), e);
            return false;
        }
    }
}
