package io.trails.worktree.internal.source;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.Optional;

/**
 * Brings work that is not committed from one tree into the fresh tree of a session, which holds its base and nothing else. Each
 * step can be repeated after a crash. Immutable.
 */
public final class Carry {
    private final Git source;
    private final Optional<String> ignored;
    private final SessionTree target;

    /**
     * @param source at the root of the tree with the work
     * @param ignored what in the source is trails' own, relative to its root, with '/' at its end
     * @param target the session's
     */
    public Carry(Git source, Optional<String> ignored, SessionTree target) {
        this.source = source;
        this.ignored = ignored;
        this.target = target;
    }

    /**
     * Copies the work: what is staged is staged in the target, what is not is not. The source stays as it is, to the byte.
     *
     * @return the commit of the target's files as they are then, for its start ref; empty if there was nothing to carry
     * @throws TrailsException {@code worktree.source-unmerged}; {@code worktree.carry-conflict} if the target has another base,
     *     to which the work does not apply; {@code worktree.files-changing}
     */
    public Optional<String> carry() {
        throw new UnsupportedOperationException(source + "" + ignored + target);
    }

    /**
     * Brings the source back to its last commit, once {@link #carry} has returned that commit and the session is complete. What
     * has changed since it was copied stays. Ignored files stay.
     *
     * @param carried what {@link #carry} returned
     * @return the rescue commit of what was there, below {@code refs/trails/trash/<key>/moved}
     * @throws TrailsException {@code worktree.operation-under-way}; {@code worktree.source-changed} if something was committed
     *     or staged since
     */
    public String clean(String carried) {
        throw new UnsupportedOperationException(carried);
    }

    /**
     * The commit that a checkpoint was taken on, which is the base of a session that starts with it.
     *
     * @throws TrailsException {@code worktree.checkpoint-unknown}
     */
    public static String baseOf(Git git, String checkpoint) {
        throw new UnsupportedOperationException(git + checkpoint);
    }

    /**
     * Makes the target's files those of a checkpoint; what differs from its base is not staged.
     *
     * @param checkpoint the commit of the checkpoint
     * @return the commit of the target's files as they are then, for its start ref
     */
    public static String fork(SessionTree target, String checkpoint) {
        throw new UnsupportedOperationException(target + checkpoint);
    }
}
