package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings over what a tree says about itself alone: which of the files it has, and its own configuration. */
record SparseSettings(Git tree, GitDirectory from, GitDirectory to) {
    private static final String CONFIGURATION = "config.worktree";

    /** What the new tree has already, as newer gits see to when they add it, stays. */
    void inherit() throws IOException {
        Path info = to.path().resolve("info");
        Path patterns = from.path().resolve("info").resolve("sparse-checkout");
        if (Files.isRegularFile(patterns) && Files.notExists(info.resolve("sparse-checkout"))) {
            Files.createDirectories(info);
            Files.copy(patterns, info.resolve("sparse-checkout"));
        }
        Path own = from.path().resolve(CONFIGURATION);
        Path target = to.path().resolve(CONFIGURATION);
        if (!Files.isRegularFile(own) || !Files.notExists(target)) return;
        // Where the source is must not become where the new tree is, not even for a moment.
        Path draft = to.path().resolve(CONFIGURATION + ".trails");
        Files.deleteIfExists(draft);
        Files.copy(own, draft);
        for (String key : new String[] {"core.worktree", "core.bare"}) {
            tree.run(GitCall.of("config", "--file", draft.toString(), "--unset-all", key)
                    .accepting(0, 5));
        }
        Files.move(draft, target);
    }
}
