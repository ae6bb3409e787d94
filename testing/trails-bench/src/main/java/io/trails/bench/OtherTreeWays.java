package io.trails.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** What others execute for the same result; only their git commands, written anew. */
final class OtherTreeWays {
    private OtherTreeWays() {}

    /** Looks for the branch, removes whatever has its name and place, adds. */
    static Contest.Made squadCreates(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                String branch = repository.name();
                Path tree = repository.directory().resolveSibling("squad-" + branch);
                long took = Way.time(() -> squadCreates(repository, branch, tree));
                squadCleansUp(repository, branch, tree);
                return took;
            };
        };
    }

    private static void squadCreates(BenchRepository repository, String branch, Path tree) throws Exception {
        may(() -> repository.git("show-ref", "--verify", "refs/heads/" + branch));
        may(() -> repository.git("worktree", "remove", "-f", tree.toString()));
        may(() -> repository.git("branch", "-D", branch));
        String head = repository.git("rev-parse", "HEAD");
        repository.git("worktree", "add", "-b", branch, tree.toString(), head);
    }

    private static void squadCleansUp(BenchRepository repository, String branch, Path tree) throws Exception {
        repository.git("worktree", "remove", "-f", tree.toString());
        repository.git("branch", "-D", branch);
        repository.git("worktree", "prune");
    }

    static Contest.Made squadRemoves(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                String branch = repository.name();
                Path tree = repository.directory().resolveSibling("squad-" + branch);
                squadCreates(repository, branch, tree);
                return Way.time(() -> squadCleansUp(repository, branch, tree));
            };
        };
    }

    /** Marks untracked files in the user's index, then prints the whole diff. */
    static Contest.Made squadDiffs(Size size) {
        return stage -> {
            TreeWays.Edited edited = TreeWays.edited(stage, size);
            return Way.timed(() -> {
                edited.repository().git(edited.directory(), "add", "-N", ".");
                edited.repository().git(edited.directory(), "--no-pager", "diff", "main");
            });
        };
    }

    /** A second repository that everything is pushed to; the tree is one of that. */
    static Contest.Made useCreates(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            Path fork = repository.directory().resolveSibling("fork.git");
            if (!Files.exists(fork)) {
                repository.git("init", "-q", "--bare", fork.toString());
                repository.git("remote", "add", "container-use", fork.toString());
            }
            return () -> {
                String branch = repository.name();
                Path tree = repository.directory().resolveSibling("use-" + branch);
                long took = Way.time(() -> useCreates(repository, fork, branch, tree));
                repository.git(fork, "worktree", "remove", "--force", tree.toString());
                repository.git(fork, "branch", "-D", branch);
                repository.git("update-ref", "-d", "refs/remotes/container-use/" + branch);
                return took;
            };
        };
    }

    private static void useCreates(BenchRepository repository, Path fork, String branch, Path tree) throws Exception {
        String head = repository.git("rev-parse", "HEAD");
        repository.git("-c", "core.hooksPath=/dev/null", "push", "container-use", head + ":refs/heads/" + branch);
        repository.git(fork, "worktree", "add", tree.toString(), branch);
        repository.git("fetch", "container-use", branch);
        repository.git(tree, "submodule", "update", "--init", "--recursive");
        repository.git(tree, "submodule", "absorbgitdirs");
        repository.git(tree, "-c", "core.hooksPath=/dev/null", "commit", "--allow-empty", "-m", "Create environment");
    }

    /** What they ignore if it fails. */
    private static void may(Way.Step step) throws Exception {
        try {
            step.take();
        } catch (IllegalStateException expected) {
            return;
        }
    }
}
