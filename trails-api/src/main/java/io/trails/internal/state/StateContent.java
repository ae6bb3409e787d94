package io.trails.internal.state;

import io.trails.internal.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is in the file. Immutable: nobody changes a map once it is in here.
 *
 * @param version of the format
 * @param generation counts the writes
 * @param entries the sessions by name, in the order of their creation
 * @param unknown top-level members this version does not know
 * @param first the bytes of a file of the first trails, as long as it was not replaced
 */
record StateContent(
        long version, long generation, Map<String, SessionEntry> entries, JsonObject unknown, Optional<byte[]> first) {
    /** The version this code writes. */
    static final long VERSION = 1;

    static StateContent empty() {
        return new StateContent(VERSION, 0, new LinkedHashMap<>(), JsonObject.empty(), Optional.empty());
    }

    boolean isNewer() {
        return version > VERSION;
    }

    /** What replaces this in the file. */
    StateContent next(Map<String, SessionEntry> now) {
        long after = generation < 0 || generation == Long.MAX_VALUE ? 1 : generation + 1;
        return new StateContent(VERSION, after, now, unknown, Optional.empty());
    }

    /** Spares decoding again what did not change. */
    void reuse(StateContent earlier) {
        for (Map.Entry<String, SessionEntry> entry : entries.entrySet()) {
            SessionEntry before = earlier.entries.get(entry.getKey());
            if (before != null) entry.getValue().reuse(before);
        }
    }
}
