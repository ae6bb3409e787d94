package io.trails.worktree.internal.create;

import io.trails.spi.ResourceLostException;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.merge.InterruptedCommits;
import io.trails.worktree.internal.register.Entry;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.tree.SessionTree;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Takes up a worktree that was created, and heals what is ours: links that broke, a lock that somebody took away. Whatever the
 * agent made of HEAD, branches and files is its work and stays as it is.
 */
public final class Opening {
    private static final String WAY_OUT = "; bring it back, or remove the session";

    private final WorktreePlan plan;
    private final Entry entry;
    private final SessionTree tree;

    public Opening(WorktreePlan plan, WorkspaceRequest request, GitProgram program) {
        this.plan = plan;
        entry = new Entry(plan);
        tree = plan.tree(program, request.clock());
    }

    /**
     * Takes it up.
     *
     * @throws ResourceLostException if it is gone
     */
    public SessionTree open() {
        if (!Files.isDirectory(plan.commonDirectory()))
            throw new ResourceLostException("The repository " + plan.commonDirectory() + " is gone" + WAY_OUT);
        if (!entry.isOurs()) {
            throw new ResourceLostException("The repository does not know the session's worktree " + plan.root()
                    + " any more; its branch is '" + plan.branch()
                    + "'. Save what you need of the directory, and remove the session");
        }
        if (!Files.isDirectory(plan.root(), LinkOption.NOFOLLOW_LINKS)) throw gone();
        if (entry.progress() != Step.READY) {
            throw new ResourceLostException("The worktree " + plan.root()
                    + " was never completed; remove the session, which loses nothing, and open it anew");
        }
        heal();
        if (!Verification.isOwnTree(tree.git(), plan)) {
            throw new ResourceLostException(
                    "git does not work on the session's worktree in " + plan.root()
                            + " any more; look at its .git file and at core.worktree in the configuration, or remove the session");
        }
        if (tree.git().ref(plan.refs().start()).isEmpty()) {
            throw new ResourceLostException("The ref " + plan.refs().start() + ", which keeps what the session started"
                    + " with, is gone" + WAY_OUT);
        }
        InterruptedCommits.finish(tree);
        return tree;
    }

    private ResourceLostException gone() {
        Optional<Path> elsewhere =
                entry.believedRoot().filter(root -> !root.equals(plan.root())).filter(Files::isDirectory);
        return new ResourceLostException("The worktree " + plan.root() + " is gone"
                + elsewhere
                        .map(root -> "; it was moved to " + root + ", move it back, or remove the session")
                        .orElse(WAY_OUT));
    }

    private void heal() {
        if (!entry.isLinked()) {
            if (entry.isLinkTaken()) {
                throw new ResourceLostException("What stands at " + entry.dotGit()
                        + " is not the session's; move it away, and open the session again");
            }
            entry.link();
            say("its link to the repository");
        }
        if (!entry.believedRoot().equals(Optional.of(plan.root()))) {
            entry.relocate();
            say("the repository's link to it");
        }
        if (entry.lock()) say("its lock");
    }

    private void say(String what) {
        LoggerFactory.getLogger(Opening.class).warn("The worktree {} had lost {}; it is mended", plan.root(), what);
    }
}
