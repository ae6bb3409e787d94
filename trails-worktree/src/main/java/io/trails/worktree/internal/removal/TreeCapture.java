package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Writes what a tree and its index hold as tree objects, by copies of the index. */
final class TreeCapture {
    private final Site site;
    private final TreeGit git;

    TreeCapture(Site site, TreeGit git) {
        this.site = site;
        this.git = git;
    }

    /**
     * The tree of all files that are not ignored.
     *
     * @param touched what may differ from the index
     * @param hidden of these, what the index was told to take as unchanged
     */
    String files(List<RepoPath> touched, List<RepoPath> hidden) throws IOException {
        Path index = copy("index-files");
        if (!hidden.isEmpty()) {
            git.run(GitCall.of("update-index", "--no-assume-unchanged", "--no-skip-worktree", "-z", "--stdin")
                    .with("GIT_INDEX_FILE", index.toString())
                    .input(RepoPath.join(hidden)));
        }
        List<RepoPath> gone = touched.stream().filter(this::isBehindLink).toList();
        update(index, gone, "--force-remove");
        var there = new ArrayList<>(touched);
        if (!gone.isEmpty()) there.removeAll(new HashSet<>(gone));
        update(index, there, "--add", "--remove", "--replace");
        return git.run(GitCall.of("write-tree").with("GIT_INDEX_FILE", index.toString()))
                .text();
    }

    private void update(Path index, List<RepoPath> paths, String... how) {
        if (paths.isEmpty()) return;
        git.run(GitCall.of("update-index")
                .and(how)
                .and("-z", "--stdin")
                .with("GIT_INDEX_FILE", index.toString())
                .input(RepoPath.join(paths)));
    }

    /** Where a directory became a link, its files are gone, whatever the link leads to; git wants to be told so. */
    private boolean isBehindLink(RepoPath path) {
        if (git.tree().isEmpty()) return false;
        Path tree = git.tree().get();
        Path above = BytePath.resolve(tree, path).getParent();
        while (above != null && above.startsWith(tree) && !above.equals(tree)) {
            if (Files.isSymbolicLink(above)) return true;
            above = above.getParent();
        }
        return false;
    }

    /** What is staged; nothing while there are conflicts, whose sides are in commits. */
    Optional<String> index() throws IOException {
        Path index = copy("index-staged");
        if (Files.notExists(index)) return Optional.empty();
        GitResult written = git.run(GitCall.of("write-tree")
                .with("GIT_INDEX_FILE", index.toString())
                .accepting(0, 128));
        return written.ok() ? Optional.of(written.text()) : Optional.empty();
    }

    /** With its times, by which git knows what it may trust. */
    private Path copy(String name) throws IOException {
        Path copy = site.own().resolve(name);
        Files.createDirectories(site.own());
        try {
            Files.copy(
                    site.administration().resolve("index"),
                    copy,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException neverWritten) {
            Files.deleteIfExists(copy);
        }
        return copy;
    }
}
