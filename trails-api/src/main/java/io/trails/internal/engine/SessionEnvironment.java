package io.trails.internal.engine;

import io.trails.Command;
import io.trails.internal.state.SessionRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables every process of a session gets. Only their names are stored: a JVM that takes the session up again has
 * those whose values its own environment knows.
 */
record SessionEnvironment(Map<String, String> values, Set<String> missing) {
    SessionEnvironment {
        values = Map.copyOf(values);
        missing = Set.copyOf(missing);
    }

    static SessionEnvironment given(Map<String, String> values) {
        return new SessionEnvironment(values, Set.of());
    }

    static SessionEnvironment recovered(SessionRecord record, Map<String, String> host) {
        var values = new HashMap<String, String>();
        var missing = new TreeSet<String>();
        for (String name : record.environmentNames()) {
            String value = host.get(name);
            if (value == null) missing.add(name);
            else values.put(name, value);
        }
        return new SessionEnvironment(values, missing);
    }

    /** The command with these variables beneath its own. */
    Command in(Command command) {
        if (values.isEmpty()) return command;
        var merged = new HashMap<>(values);
        merged.putAll(command.environment());
        return command.environment(merged);
    }
}
