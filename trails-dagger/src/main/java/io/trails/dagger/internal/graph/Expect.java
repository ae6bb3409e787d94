package io.trails.dagger.internal.graph;

/** With which exit codes a command's container goes on. All others are errors, and what the command changed is lost. */
public enum Expect {
    /** 0. */
    SUCCESS,
    /** 1 to 127 and 192 to 255. */
    FAILURE,
    /** 0 to 127 and 192 to 255. The codes between, of a command that a signal ended, are errors all the same. */
    ANY
}
