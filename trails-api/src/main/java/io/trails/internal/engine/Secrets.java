package io.trails.internal.engine;

import io.trails.Recording;
import io.trails.internal.audit.Redactor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a recording must not show: the values of the variables a session was opened with, for they are never stored, and those
 * of the host whose names say that they are secret, for programs may inherit them. Immutable.
 */
record Secrets(Set<String> values) {
    Secrets {
        values = Set.copyOf(values);
    }

    static Secrets of(Map<String, String> session, Map<String, String> host) {
        var values = new LinkedHashSet<>(Redactor.secrets(host));
        for (String value : session.values()) {
            values.add(value);
            // Quotes that a script forgot take away what is around it.
            values.add(value.strip());
        }
        return new Secrets(values);
    }

    Recording outOf(Recording recording) {
        return recording.redacted(values);
    }
}
