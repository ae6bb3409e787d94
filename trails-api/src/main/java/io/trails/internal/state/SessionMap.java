package io.trails.internal.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions of which only those are decoded that are asked for. Unmodifiable. */
final class SessionMap extends AbstractMap<String, SessionRecord> {
    private final Map<String, SessionEntry> entries;

    /** @param entries not changed any more */
    SessionMap(Map<String, SessionEntry> entries) {
        this.entries = entries;
    }

    @Override
    public boolean containsKey(Object name) {
        return entries.containsKey(name);
    }

    @Override
    public @Nullable SessionRecord get(Object name) {
        SessionEntry entry = entries.get(name);
        return entry == null ? null : entry.session();
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public Set<Map.Entry<String, SessionRecord>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, SessionRecord>> iterator() {
                return decoding(entries.values().iterator());
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    private static Iterator<Map.Entry<String, SessionRecord>> decoding(Iterator<SessionEntry> iterator) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public Map.Entry<String, SessionRecord> next() {
                SessionEntry entry = iterator.next();
                return Map.entry(entry.name(), entry.session());
            }
        };
    }
}
