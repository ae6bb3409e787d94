package io.trails.worktree.internal.removal;

import io.trails.Reason;
import io.trails.RemovalReport;

/** Something about a session's tree that its removal has to do with. Immutable. */
record Finding(Weight weight, String what, Reason reason) {
    /** What it takes to go on. */
    enum Weight {
        /** Nothing here helps. */
        KEEPS,
        /** The work has to be rescued, which the policy must allow. */
        WORK,
        /** Nothing keeps it, and the report names it. */
        GOES,
        /** It stays where it is, which keeps nothing else. */
        STAYS
    }

    private static final String REMEDY = "Merge or save it and remove the session again, or remove it with"
            + " RemovalPolicy.rescuing(), which brings it to a safe place first";

    static Finding work(String code, String what, String message) {
        return new Finding(Weight.WORK, what, Reason.of("worktree." + code, message, REMEDY));
    }

    static Finding keeps(String code, String what, String message, String remedy) {
        return new Finding(Weight.KEEPS, what, Reason.of("worktree." + code, message, remedy));
    }

    static Finding goes(String code, String what, String message) {
        return new Finding(Weight.GOES, what, Reason.of("worktree." + code, message));
    }

    static Finding stays(String code, String what, String message) {
        return new Finding(Weight.STAYS, what, Reason.of("worktree." + code, message));
    }

    RemovalReport.Item item() {
        return new RemovalReport.Item(what, reason);
    }
}
