package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Cancel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose request something is done for.
 *
 * @param failures commands that failed in it: they run once in a request, and again in the next
 */
record Caller(Session session, Cancel cancel, Map<String, GraphFailure> failures) {

    Caller(Session session, Cancel cancel) {
        this(session, cancel, new ConcurrentHashMap<>());
    }
}
