package io.trails.bench;

import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.spi.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The ways of trails-worktree. */
final class TreeWays {
    private static final int CHANGED = 100;

    private TreeWays() {}

    /** A session's tree with 100 changed files. */
    record Edited(BenchRepository repository, Workspace workspace, Path directory) {}

    static Edited edited(Stage stage, Size size) throws Exception {
        return stage.shared("edited " + size, () -> {
            BenchRepository repository = stage.repository(size);
            BenchRepository.Tree tree = repository.tree();
            Workspace workspace = tree.create();
            repository.git(tree.directory(), "status", "--porcelain");
            BenchRepository.edit(tree.directory(), CHANGED, size.files() / CHANGED, "one more line");
            return new Edited(repository, workspace, tree.directory());
        });
    }

    /** A session whose branch and the one it goes into both changed many files, none of them the same. */
    record Diverged(BenchRepository repository, Workspace workspace, String branch) {}

    static Diverged diverged(Stage stage, Size size) throws Exception {
        return stage.shared("diverged " + size, () -> {
            BenchRepository repository = stage.repository(size);
            BenchRepository.Tree tree = repository.tree();
            Workspace workspace = tree.create();
            int every = size.files() / 575;
            BenchRepository.edit(tree.directory(), 575, every, "of the session");
            repository.git(tree.directory(), "commit", "-q", "-a", "-m", "session");
            BenchRepository.edit(repository.directory(), 1, 525, every, "of the project");
            repository.git("commit", "-q", "-a", "-m", "project");
            return new Diverged(repository, workspace, tree.branch());
        });
    }

    static Contest.Made create(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                BenchRepository.Tree tree = repository.tree();
                long took = Way.time(tree::create);
                tree.remove();
                return took;
            };
        };
    }

    /** From a repository without a tree. */
    static Contest.Made createUnseeded(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            Path bare = repository.bare();
            return () -> {
                BenchRepository.Tree tree = repository.tree(bare);
                long took = Way.time(tree::create);
                tree.remove();
                return took;
            };
        };
    }

    static Contest.Made createMany(Size size, int count) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                List<BenchRepository.Tree> trees = new ArrayList<>();
                for (int i = 0; i < count; i++) trees.add(repository.tree());
                long took = Way.time(() -> together(trees));
                for (BenchRepository.Tree tree : trees) tree.remove();
                return took;
            };
        };
    }

    private static void together(List<BenchRepository.Tree> trees) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(trees.size());
        try {
            List<Callable<Workspace>> creations = new ArrayList<>();
            for (BenchRepository.Tree tree : trees) creations.add(tree::create);
            for (Future<Workspace> created : threads.invokeAll(creations, 10, TimeUnit.MINUTES)) created.get();
        } finally {
            threads.shutdown();
        }
    }

    static Contest.Made firstStatus(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                BenchRepository.Tree tree = repository.tree();
                tree.create();
                long took = Way.time(() -> repository.git(tree.directory(), "status", "--porcelain"));
                tree.remove();
                return took;
            };
        };
    }

    static Contest.Made changes(Size size) {
        return stage -> {
            Edited edited = edited(stage, size);
            return Way.timed(() -> {
                int found = edited.workspace().changes().files().size();
                if (found != CHANGED) throw new IllegalStateException(found + " changes");
            });
        };
    }

    static Contest.Made preview(Size size) {
        return stage -> {
            Diverged diverged = diverged(stage, size);
            return Way.timed(() -> {
                MergePreview preview = diverged.workspace().preview(MergeRequest.into("main"));
                if (preview.outcome() != MergePreview.Outcome.CLEAN)
                    throw new IllegalStateException(preview.toString());
            });
        };
    }

    static Contest.Made checkpoint(Size size) {
        return stage -> {
            Edited edited = edited(stage, size);
            return Way.timed(() -> edited.workspace().checkpoint("measured"));
        };
    }

    static Contest.Made remove(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                BenchRepository.Tree tree = repository.tree();
                tree.create();
                return Way.time(tree::remove);
            };
        };
    }

    static Contest.Made rescue(Size size) {
        return stage -> {
            BenchRepository repository = stage.repository(size);
            return () -> {
                BenchRepository.Tree tree = repository.tree();
                tree.create();
                BenchRepository.edit(tree.directory(), 10, 10, "worth keeping");
                return Way.time(tree::remove);
            };
        };
    }
}
