package io.trails;

/** What can be sent to a running command. */
public enum Signal {
    /** As if the user had pressed Ctrl-C. */
    INTERRUPT,
    /** Asks it to end. */
    TERMINATE,
    /** Ends it. */
    KILL,
    /** As if its terminal had been closed. */
    HANGUP
}
