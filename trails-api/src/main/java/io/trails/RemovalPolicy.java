package io.trails;

/**
 * What {@link Session#remove} may do. Immutable. There is no policy that loses work: what is not saved elsewhere is kept
 * and reported.
 */
public final class RemovalPolicy {
    private static final RemovalPolicy SAFE = new RemovalPolicy(false);

    private final boolean endProcesses;

    private RemovalPolicy(boolean endProcesses) {
        this.endProcesses = endProcesses;
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
        return new RemovalPolicy(true);
    }

    /**
     * Whether living processes are ended.
     *
     * @return true if so
     */
    public boolean endsProcesses() {
        return endProcesses;
    }

    @Override
    public String toString() {
        return endProcesses ? "safe, ending processes" : "safe";
    }
}
