package io.trails;

/** The three independent questions a composition answers. */
public enum Axis {
    /** Where the files and their history live. */
    WORKSPACE,
    /** Where processes run, and under which limits. */
    SANDBOX,
    /** How an interactive process is held, seen and re-attached. */
    TERMINAL
}
