package io.trails.worktree.internal.jgit;

import io.trails.TrailsException;
import io.trails.worktree.internal.create.TreeRoot;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.register.Trees;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** Makes a worktree by hand, or finishes one that a crash interrupted before anybody could work in it. Single-threaded. */
final class JGitCreation {
    private final JGitTree source;
    private final WorktreePlan plan;
    private final Entry entry;
    private final String branch;
    private final String start;

    JGitCreation(JGitTree source, WorktreePlan plan) {
        this.source = source;
        this.plan = plan;
        entry = new Entry(plan);
        branch = Constants.R_HEADS + plan.branch();
        start = plan.refs().start();
    }

    void run() throws IOException {
        boolean begun = entry.isOurs();
        boolean rootWasThere = Files.exists(plan.root(), LinkOption.NOFOLLOW_LINKS);
        try {
            refs();
            entry.register();
            new TreeRoot(entry).link();
            populate();
            Files.createDirectories(plan.directory());
            entry.reached(Step.READY);
        } catch (IOException | RuntimeException failed) {
            if (!begun) undo(failed, rootWasThere);
            throw failed;
        }
    }

    /** The start comes first: it says that the branch is the session's. */
    private void refs() throws IOException {
        ObjectId base = ObjectId.fromString(plan.base());
        boolean ours = source.ref(start).isPresent();
        if (!ours && source.ref(branch).isPresent()) throw taken();
        if (!ours && !source.make(start, base)) throw taken();
        if (source.ref(branch).isEmpty() && !source.make(branch, base)) throw taken();
    }

    private TrailsException taken() {
        return new TrailsException(
                "worktree.branch-taken",
                "The branch '" + plan.branch()
                        + "' cannot be made: it was taken since it was planned, or the refs cannot be"
                        + " written; try again, or choose another name for the session");
    }

    private void populate() throws IOException {
        try (JGitTree tree = JGitTree.at(plan.root());
                var commits = new RevWalk(tree.repository())) {
            if (!tree.gitDirectory().equals(entry.directory().toRealPath())) {
                throw new TrailsException(
                        "worktree.not-its-own",
                        plan.root()
                                + " does not belong to the session's worktree; choose another name for the session");
            }
            ObjectId commit =
                    commits.parseCommit(ObjectId.fromString(plan.base())).getTree();
            DirCache index = tree.repository().lockDirCache();
            try {
                var checkout = new DirCacheCheckout(tree.repository(), null, index, commit);
                // All that can lie there is what an earlier attempt of this session wrote.
                checkout.setFailOnConflict(false);
                checkout.checkout();
            } finally {
                index.unlock();
            }
        }
    }

    /** Only what was made just now, in which nobody can have worked. */
    private void undo(Exception cause, boolean rootWasThere) {
        try {
            if (entry.isLinked() || !rootWasThere) Trees.delete(plan.root());
            entry.discard();
            ObjectId base = ObjectId.fromString(plan.base());
            if (source.ref(start).isEmpty()) return;
            source.delete(branch, base);
            source.delete(start, base);
        } catch (IOException | RuntimeException more) {
            cause.addSuppressed(more);
        }
    }
}
