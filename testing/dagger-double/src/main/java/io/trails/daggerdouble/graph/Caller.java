package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Cancel;

/** Whose request something is done for. */
record Caller(Session session, Cancel cancel) {

    Caller with(Cancel other) {
        return new Caller(session, other);
    }
}
