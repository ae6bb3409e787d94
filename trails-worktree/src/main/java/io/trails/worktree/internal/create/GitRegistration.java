package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Registers a worktree with git's own command, where the administration holds more than a few lines of text: a repository that
 * keeps its refs in tables has tables of each tree in it. The command fails while others run it, so it is tried again. It names
 * the administration after the directory, so the tree is made under that name and moved to its place.
 */
final class GitRegistration {
    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 100;

    private final Git source;
    private final Entry entry;
    private final WorktreePlan plan;
    private final Path draft;

    GitRegistration(Git source, Entry entry) {
        this.source = source;
        this.entry = entry;
        plan = entry.plan();
        draft = plan.root().resolveSibling(plan.administration());
    }

    static boolean isNeeded(WorktreePlan plan) {
        return Files.isDirectory(plan.commonDirectory().resolve("reftable"));
    }

    /** Does what is left of it, if a crash came between. */
    void run() {
        if (!entry.exists()) add();
        if (!entry.isOurs()) adopt();
        try {
            if (Files.exists(draft) && Files.notExists(plan.root()))
                Files.move(draft, plan.root(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TrailsException("worktree.unwritable", plan.root() + " cannot be created: " + e, e);
        }
        entry.relocate();
    }

    private void add() {
        GitCall add = GitCall.of(
                        "worktree",
                        "add",
                        "--quiet",
                        "--no-checkout",
                        "--lock",
                        draft.toString(),
                        plan.branch())
                .config("core.hooksPath", "/dev/null")
                .locking();
        for (int attempt = 1; ; attempt++) {
            try {
                source.run(add);
                return;
            } catch (GitFailedException failed) {
                if (attempt == ATTEMPTS || failed.exitCode() < 0) throw failed;
                pause();
            }
        }
    }

    private void adopt() {
        if (!entry.believedRoot().equals(Optional.of(draft))) {
            throw new TrailsException(
                    "worktree.entry-taken",
                    "The repository has an entry " + entry.directory()
                            + " that does not belong to this session; choose another name for the session");
        }
        entry.mark();
        entry.relock();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting to register a worktree", e);
        }
    }
}
