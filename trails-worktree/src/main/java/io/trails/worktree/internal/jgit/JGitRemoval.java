package io.trails.worktree.internal.jgit;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Trees;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * Removes a worktree in which there is nothing but what is committed elsewhere: no file that is new, changed or ignored, no commit
 * that only its branch has or had. Everything else is kept with a reason. Single-threaded.
 */
final class JGitRemoval {
    private final WorktreePlan plan;
    private final RemovalPolicy policy;
    private final Entry entry;

    JGitRemoval(WorktreePlan plan, RemovalPolicy policy) {
        this.plan = plan;
        this.policy = policy;
        entry = new Entry(plan);
    }

    RemovalReport run() throws IOException {
        Path aside = plan.root().resolveSibling(".trash-" + plan.key());
        boolean tree = Files.exists(plan.root(), LinkOption.NOFOLLOW_LINKS);
        boolean begun = Files.exists(aside, LinkOption.NOFOLLOW_LINKS);
        if (!entry.isOurs()) return withoutEntry(tree || begun);
        if (tree == begun) {
            return kept(tree ? "There are two directories of it" : "Its directory " + plan.root() + " is gone");
        }
        if (tree) {
            Optional<String> work = work(plan.root());
            if (work.isPresent()) return kept(work.get());
            Files.move(plan.root(), aside, StandardCopyOption.ATOMIC_MOVE);
        }
        // Nobody finds it any more: what was written until now is seen here.
        Optional<String> late = work(aside);
        if (late.isPresent()) {
            Files.move(aside, plan.root(), StandardCopyOption.ATOMIC_MOVE);
            return kept(late.get());
        }
        entry.discard();
        Trees.delete(aside);
        Path parent = plan.root().getParent();
        if (parent != null && parent.toString().endsWith(".trails")) Trees.deleteIfEmpty(parent);
        return RemovalReport.removed(
                        plan.root().toString(),
                        Reason.of("worktree.removed", "There was nothing in it that is not committed elsewhere"))
                .and(refs());
    }

    /** A crash came between, or nothing was ever created. */
    private RemovalReport withoutEntry(boolean files) throws IOException {
        if (!files) return Files.isDirectory(plan.commonDirectory()) ? refs() : RemovalReport.nothing();
        return kept("The repository does not know the directory any more");
    }

    private Optional<String> work(Path root) throws IOException {
        if (isWorkedIn(root)) return Optional.of("A process works in it");
        try (JGitTree tree = JGitTree.at(root)) {
            var refusals = JGitSafety.refusals(tree);
            if (!refusals.isEmpty()) return Optional.of("It " + refusals.get(0).message());
            Optional<String> files = new UncommittedWork(tree, Optional.empty(), true).describe();
            if (files.isPresent()) return Optional.of("It has work that is in no commit: " + files.get());
            return new Commits(tree, plan).onlyHere();
        }
    }

    /** Best effort: other systems and other users' processes do not tell. */
    private static boolean isWorkedIn(Path root) {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                        .startsWith(root);
            } catch (IOException | UnsupportedOperationException untold) {
                return false;
            }
        });
    }

    private RemovalReport refs() throws IOException {
        Path source = plan.source().orElse(plan.commonDirectory());
        if (!Files.isDirectory(source)) return RemovalReport.nothing();
        try (JGitTree tree = JGitTree.at(source)) {
            String start = plan.refs().start();
            Optional<ObjectId> started = tree.ref(start);
            if (started.isEmpty()) return RemovalReport.nothing();
            Optional<String> reason = new Commits(tree, plan).onlyHere();
            if (reason.isPresent()) return kept(reason.get());
            Optional<ObjectId> tip = tree.ref(Constants.R_HEADS + plan.branch());
            if (tip.isPresent() && !tree.delete(Constants.R_HEADS + plan.branch(), tip.get()))
                return kept("The branch '" + plan.branch() + "' could not be deleted");
            for (String merges : List.of(plan.refs().merged(), plan.refs().mergedAs())) {
                for (Ref merge : tree.repository().getRefDatabase().getRefsByPrefix(merges))
                    tree.delete(merge.getName(), merge.getObjectId());
            }
            tree.delete(start, started.get());
            return tip.isEmpty()
                    ? RemovalReport.nothing()
                    : RemovalReport.removed(
                            "branch " + plan.branch(),
                            Reason.of("worktree.removed", "Its commits are on other branches"));
        }
    }

    private RemovalReport kept(String why) {
        String rescue = policy.rescues() ? "; without git nothing is rescued" : "";
        return RemovalReport.kept(
                plan.root().toString(),
                Reason.of("worktree.git-needed", why + rescue, "Install git and remove the session again"));
    }
}
