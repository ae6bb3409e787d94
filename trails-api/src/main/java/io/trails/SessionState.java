package io.trails;

/** Where a session is in its life. */
public enum SessionState {
    /** Being created, or left so by a crash; {@link Trails#repair()} finishes or undoes it. */
    CREATING,
    /** Usable. */
    READY,
    /**
     * Usable; its processes were ended by {@link Session#stop()} and start again on use. {@code READY} again once its agent
     * runs or, in a session without an agent, its terminal.
     */
    STOPPED,
    /**
     * Being removed, or left so by a crash; {@link Trails#repair()} goes on. What a removal keeps is {@code READY} again, or
     * {@code LOST} if a provider is missing.
     */
    REMOVING,
    /** Something it stands on is gone or its provider is missing; {@link SessionInfo#problem()} says what. */
    LOST
}
