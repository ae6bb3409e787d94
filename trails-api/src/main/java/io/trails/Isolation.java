package io.trails;

/**
 * What a session keeps apart from the user's own work. What a composition isolates is the union of what its parts
 * isolate; a downgrade is a composition whose set does not contain the former one.
 */
public enum Isolation {
    /** The agent writes its own copy of the files. */
    FILES,
    /** The agent can neither see nor signal the user's processes. */
    PROCESSES,
    /** The agent has its own system: packages, users, everything outside the project. */
    SYSTEM,
    /** The agent has its own network stack. */
    NETWORK
}
