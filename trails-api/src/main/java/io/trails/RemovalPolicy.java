package io.trails;

/**
 * What {@link Session#remove} may do. Immutable. There is no policy that loses work: what is not saved elsewhere is kept
 * and reported.
 */
public final class RemovalPolicy {
    private static final RemovalPolicy SAFE = new RemovalPolicy(false, false);

    private final boolean endProcesses;
    private final boolean forget;

    private RemovalPolicy(boolean endProcesses, boolean forget) {
        this.endProcesses = endProcesses;
        this.forget = forget;
    }

    /**
     * Removes only what nobody uses: a session with living processes is kept.
     *
     * @return the policy
     */
    public static RemovalPolicy safe() {
        return SAFE;
    }

    /**
     * The same, and ends the session's processes first.
     *
     * @return a new policy
     */
    public RemovalPolicy endingProcesses() {
        return new RemovalPolicy(true, forget);
    }

    /**
     * The same, and what cannot be removed because its provider is missing does not keep the session: it is left where it
     * is, named in the report, and forgotten with the session. Without this, it is kept until the provider is back. So is a
     * terminal whose recording cannot be saved; with this, the recording is gone with it.
     *
     * @return a new policy
     */
    public RemovalPolicy forgetting() {
        return new RemovalPolicy(endProcesses, true);
    }

    /**
     * Whether living processes are ended.
     *
     * @return true if so
     */
    public boolean endsProcesses() {
        return endProcesses;
    }

    /**
     * Whether what nobody can remove is forgotten.
     *
     * @return true if so
     */
    public boolean forgets() {
        return forget;
    }

    @Override
    public String toString() {
        return "safe" + (endProcesses ? ", ending processes" : "") + (forget ? ", forgetting" : "");
    }
}
