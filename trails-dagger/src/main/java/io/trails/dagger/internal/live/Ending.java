package io.trails.dagger.internal.live;

import io.trails.ExecResult.Status;
import io.trails.Reason;

/** Why a program ended that did not end by itself. */
record Ending(Status status, Reason reason) {
    static Ending cancelled(Reason reason) {
        return new Ending(Status.CANCELLED, reason);
    }
}
