package io.trails.worktree.internal.jgit;

import io.trails.DirtyPolicy;
import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.create.BranchName;
import io.trails.worktree.internal.create.Placement;
import io.trails.worktree.internal.register.PathText;
import io.trails.worktree.internal.repo.Repository;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** Says what a session's worktree is going to be. Only reads. */
record JGitPlanning(WorkspaceRequest request) {
    WorktreePlan plan() {
        Path project = request.project();
        if (!Files.isDirectory(project))
            throw new TrailsException(
                    "worktree.no-repository", project + " is no directory; name the directory of the project");
        if (request.forkOf().isPresent()) throw GitNeeded.forThat("no session starts from a checkpoint");
        try (JGitTree tree = JGitTree.around(project)) {
            JGitSafety.require(tree);
            return plan(tree, project.toRealPath());
        } catch (IOException e) {
            throw JGitTree.failed(project, e);
        }
    }

    private WorktreePlan plan(JGitTree tree, Path project) throws IOException {
        String revision = request.baseRef().orElse(Constants.HEAD);
        ObjectId base = tree.commit(revision).orElseThrow(() -> unknown(revision, tree));
        String prefix = slashed(tree.root().relativize(project));
        var repository = new Repository(
                tree.commonDirectory(), tree.gitDirectory(), Optional.of(tree.root()), prefix, "sha1", false);
        Path root = new Placement(repository, request).choose();
        for (Path path : List.of(project, repository.commonDirectory(), root)) requireExpressible(path);
        List<String> heads = tree.repository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                .map(Ref::getName)
                .toList();
        String key = request.sessionId() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        DirtyPolicy dirty =
                request.dirty().orElse(request.baseRef().isPresent() ? DirtyPolicy.IGNORE : DirtyPolicy.CARRY);
        return new WorktreePlan(
                request.sessionId(),
                key,
                request.project(),
                repository.commonDirectory(),
                Optional.of(tree.root()),
                prefix,
                root,
                key,
                BranchName.free(heads, request.sessionId()),
                base.name(),
                branch(tree, revision),
                dirty,
                Optional.empty());
    }

    private static Optional<String> branch(JGitTree tree, String revision) throws IOException {
        Ref ref = tree.repository().findRef(revision);
        if (ref == null) return Optional.empty();
        String name = ref.getTarget().getName();
        return name.startsWith(Constants.R_HEADS)
                ? Optional.of(name.substring(Constants.R_HEADS.length()))
                : Optional.empty();
    }

    private static TrailsException unknown(String revision, JGitTree tree) {
        if (revision.equals(Constants.HEAD))
            return new TrailsException(
                    "worktree.no-commit",
                    "The repository of " + tree.root()
                            + " has no commit yet, and a worktree starts from one; commit once");
        return new TrailsException(
                "worktree.base-unknown",
                "'" + revision + "' leads to no commit in the repository of " + tree.root()
                        + "; name a branch, a tag or a commit that is there");
    }

    private static void requireExpressible(Path path) {
        if (PathText.isExpressible(path)) return;
        throw new TrailsException(
                "worktree.path-inexpressible",
                "The path " + path + " holds characters that cannot be written down; rename the directory");
    }

    /** What in a tree is trails' own, with '/' at its end. */
    static Optional<String> ownState(Path root, WorkspaceRequest request) {
        Path state = request.stateDirectory();
        return state.startsWith(root) && !state.equals(root)
                ? Optional.of(slashed(root.relativize(state)))
                : Optional.empty();
    }

    private static String slashed(Path relative) {
        String text = relative.toString().replace('\\', '/');
        return text.isEmpty() ? "" : text + "/";
    }
}
