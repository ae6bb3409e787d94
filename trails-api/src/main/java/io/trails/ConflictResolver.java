package io.trails;

import java.util.Optional;

/**
 * Decides conflicts while a merge is prepared. It is called on the thread that merges, once per conflict that no
 * {@link Resolution} was given for, before anything has been changed. What it throws ends the merge and changes nothing.
 */
@FunctionalInterface
public interface ConflictResolver {
    /**
     * Decides one conflict.
     *
     * @param conflict what cannot be decided by itself
     * @param contents reads the files of its sides; valid until this method returns
     * @return the decision, or empty to leave the conflict open
     */
    Optional<Resolution> resolve(Conflict conflict, Contents contents);

    /** Reads files of a conflict. */
    @FunctionalInterface
    interface Contents {
        /**
         * All of a file.
         *
         * @param side a side of the conflict that is no submodule
         * @return its bytes, as they are stored
         * @throws TrailsException {@code worktree.too-big} if it is larger than 64 MiB
         */
        byte[] read(Conflict.Side side);
    }
}
