package io.trails;

/**
 * What {@link Session#remove} may do. Immutable. There is no policy that loses work: what is not saved elsewhere is kept
 * and reported.
 */
public final class RemovalPolicy {
    private static final RemovalPolicy SAFE = new RemovalPolicy(false, false, false);

    private final boolean endProcesses;
    private final boolean forget;
    private final boolean rescue;

    private RemovalPolicy(boolean endProcesses, boolean forget, boolean rescue) {
        this.endProcesses = endProcesses;
        this.forget = forget;
        this.rescue = rescue;
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
        return new RemovalPolicy(true, forget, rescue);
    }

    /**
     * The same, and what cannot be removed because its provider is missing, or what it runs on cannot be reached, does not keep
     * the session: it is left where it is, named in the report, and forgotten with the session. Without this, it is kept until
     * that is back. So is a terminal whose recording cannot be saved; with this, the recording is gone with it.
     *
     * @return a new policy
     */
    public RemovalPolicy forgetting() {
        return new RemovalPolicy(endProcesses, true, rescue);
    }

    /**
     * The same, and work that is not saved elsewhere does not keep the session: it is first brought to a safe place, named in
     * the report, from which it can be had back. What cannot be brought there is kept.
     *
     * @return a new policy
     */
    public RemovalPolicy rescuing() {
        return new RemovalPolicy(endProcesses, forget, true);
    }

    /**
     * Whether work is brought to a safe place, so that the rest can be removed.
     *
     * @return true if so
     */
    public boolean rescues() {
        return rescue;
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
        return "safe" + (endProcesses ? ", ending processes" : "") + (forget ? ", forgetting" : "")
                + (rescue ? ", rescuing" : "");
    }
}
