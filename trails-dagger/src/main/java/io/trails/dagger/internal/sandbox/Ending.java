package io.trails.dagger.internal.sandbox;

import io.trails.ExecResult.Status;
import io.trails.Reason;

/** Why a command ended that did not end by itself. Immutable. */
record Ending(Status status, Reason reason) {
    static Ending cancelled(String code, String message) {
        return new Ending(Status.CANCELLED, Reason.of(code, message));
    }

    static Ending closed() {
        return cancelled("exec.cancelled", "The session was closed");
    }

    static Ending stopped() {
        return cancelled("exec.stopped", "The session was stopped");
    }
}
