package io.trails.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** The baselines: the git command that does the same. */
final class GitWays {
    private GitWays() {}

    static Contest.Made add(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                Path tree = place(repository);
                String branch = repository.name();
                long took = Way.time(() -> add(repository, tree, branch));
                drop(repository, tree, branch);
                return took;
            };
        };
    }

    private static void add(BenchRepository repository, Path tree, String branch) throws Exception {
        repository.git("worktree", "add", "-q", "--no-track", "-b", branch, tree.toString(), "main");
    }

    private static void drop(BenchRepository repository, Path tree, String branch) throws Exception {
        repository.git("worktree", "remove", "--force", tree.toString());
        repository.git("branch", "-q", "-D", branch);
    }

    private static Path place(BenchRepository repository) {
        return repository.directory().resolveSibling("git-" + repository.name());
    }

    static Contest.Made addMany(Size size, int count) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                String prefix = repository.name();
                Path place = place(repository);
                long took = Way.time(() -> {
                    for (int i = 0; i < count; i++) add(repository, Path.of(place + "-" + i), prefix + "-" + i);
                });
                for (int i = 0; i < count; i++) drop(repository, Path.of(place + "-" + i), prefix + "-" + i);
                return took;
            };
        };
    }

    /** The first one, which has to look at what git does not yet know to be clean. */
    static Contest.Made firstStatus(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                Path tree = place(repository);
                String branch = repository.name();
                add(repository, tree, branch);
                long took = Way.time(() -> repository.git(tree, "status", "--porcelain"));
                drop(repository, tree, branch);
                return took;
            };
        };
    }

    static Contest.Made status(Size size) {
        return stage -> {
            TreeWays.Edited edited = TreeWays.edited(stage, size);
            return Way.timed(() -> edited.repository()
                    .git(
                            edited.directory(),
                            "--no-optional-locks",
                            "status",
                            "--porcelain=v2",
                            "-z",
                            "--untracked-files=all"));
        };
    }

    static Contest.Made mergeTree(Size size) {
        return stage -> {
            TreeWays.Diverged diverged = TreeWays.diverged(stage, size);
            return Way.timed(
                    () -> diverged.repository().git("merge-tree", "--write-tree", "-z", "main", diverged.branch()));
        };
    }

    /** On a copy of the index, as nobody wants the files staged. */
    static Contest.Made addAndWriteTree(Size size) {
        return stage -> {
            TreeWays.Edited edited = TreeWays.edited(stage, size);
            Path index = Path.of(edited.repository()
                    .git(edited.directory(), "rev-parse", "--path-format=absolute", "--git-path", "index"));
            byte[] before = Files.readAllBytes(index);
            return () -> {
                long took = Way.time(() -> {
                    edited.repository().git(edited.directory(), "add", "-A");
                    edited.repository().git(edited.directory(), "write-tree");
                });
                Files.write(index, before);
                return took;
            };
        };
    }

    static Contest.Made remove(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                Path tree = place(repository);
                String branch = repository.name();
                add(repository, tree, branch);
                long took = Way.time(() -> repository.git("worktree", "remove", tree.toString()));
                repository.git("branch", "-q", "-D", branch);
                return took;
            };
        };
    }
}
