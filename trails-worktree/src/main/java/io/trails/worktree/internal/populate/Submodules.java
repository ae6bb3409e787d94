package io.trails.worktree.internal.populate;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a new tree the submodules that its source has, each a repository of its own with the objects of the source's, without a
 * network and without a command that comes with a repository.
 */
record Submodules(Git tree, GitDirectory directory, Path source, WorkspaceSettings settings) {
    /** Says why some are left as git leaves them, an empty directory each. */
    List<Reason> bring() throws IOException {
        List<Submodule> all = Submodule.of(tree);
        if (all.isEmpty()) return List.of();
        GitDirectory from = GitDirectory.of(source);
        var reasons = new ArrayList<Reason>();
        for (Submodule submodule : all) {
            if (!submodule.isIn(source, from) || !submodule.isEmptyIn(tree.directory())) continue;
            try {
                reasons.addAll(bring(submodule, from));
            } catch (TrailsException e) {
                reasons.add(missing(submodule, e.code() + " " + e.getMessage()));
            }
        }
        return List.copyOf(reasons);
    }

    private List<Reason> bring(Submodule submodule, GitDirectory from) throws IOException {
        Path theirs = from.path().resolve("modules").resolve(submodule.name());
        Git old = tree.in(theirs);
        GitResult has = old.run(GitCall.of("cat-file", "-e", submodule.commit() + "^{commit}")
                .with("GIT_NO_LAZY_FETCH", "1")
                .accepting(0, 1, 128));
        if (!has.ok()) return List.of(missing(submodule, "the source does not have its commit " + submodule.commit()));
        Path ours = directory.path().resolve("modules").resolve(submodule.name());
        Files.createDirectories(ours.getParent());
        Path root = tree.directory().resolve(submodule.path());
        var checkout = new Checkout(tree, settings);
        tree.run(checkout.call("clone", "-q", "--local", "--no-checkout", "--no-tags", "--template=")
                .and("--separate-git-dir", ours.toString(), "--", theirs.toString(), root.toString()));
        Git made = tree.in(root);
        made.run(GitCall.of("config", "core.worktree", ours.relativize(root).toString())
                .locking());
        GitResult url =
                old.run(GitCall.of("config", "--get", "remote.origin.url").accepting(0, 1));
        if (url.ok())
            made.run(GitCall.of("config", "remote.origin.url", url.text()).locking());
        made.run(GitCall.of("update-ref", "--no-deref", "HEAD", submodule.commit())
                .locking());
        return Population.populate(
                made, Optional.of(source.resolve(submodule.path())), submodule.commit(), Optional.empty(), settings);
    }

    private static Reason missing(Submodule submodule, String why) {
        return Reason.of(
                "worktree.submodule-missing",
                "The submodule '" + submodule.path() + "' has no files in the new tree: " + why,
                "Run 'git submodule update --init' in it");
    }
}
