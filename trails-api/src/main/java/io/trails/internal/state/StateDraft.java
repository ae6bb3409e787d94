package io.trails.internal.state;

import java.util.AbstractList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one change sees and does. Used by one thread, and only as long as the change runs. */
public final class StateDraft {
    private final Map<String, SessionEntry> before;
    private Map<String, SessionEntry> entries;
    private boolean over;

    StateDraft(Map<String, SessionEntry> before) {
        this.before = before;
        this.entries = before;
    }

    public Optional<SessionRecord> find(String name) {
        SessionEntry entry = current().get(name);
        return entry == null ? Optional.empty() : Optional.of(entry.session());
    }

    /** All sessions as they are now, in the order of their creation. Each is decoded when it is looked at. */
    public Collection<SessionRecord> all() {
        return new SessionList(List.copyOf(current().values()));
    }

    /** Adds the session at the end, or replaces the one of its name where that stands. */
    public void put(SessionRecord session) {
        SessionEntry now = SessionEntry.of(session);
        SessionEntry known = current().get(session.name());
        if (known == null || !known.sameBytes(now)) changing().put(session.name(), now);
    }

    public void remove(String name) {
        if (current().containsKey(name)) changing().remove(name);
    }

    /** Whether a session has that id. */
    public boolean idTaken(String id) {
        for (SessionEntry entry : current().values()) {
            if (entry.id().equals(id)) return true;
        }
        return false;
    }

    boolean changed() {
        return entries != before;
    }

    Map<String, SessionEntry> end() {
        over = true;
        return entries;
    }

    private Map<String, SessionEntry> current() {
        if (over) throw new IllegalStateException("The change this draft belonged to is over");
        return entries;
    }

    private Map<String, SessionEntry> changing() {
        if (entries == before) entries = new LinkedHashMap<>(before);
        return entries;
    }

    /** Sessions of which only those are decoded that are asked for. */
    private static final class SessionList extends AbstractList<SessionRecord> {
        private final List<SessionEntry> entries;

        SessionList(List<SessionEntry> entries) {
            this.entries = entries;
        }

        @Override
        public SessionRecord get(int index) {
            return entries.get(index).session();
        }

        @Override
        public int size() {
            return entries.size();
        }
    }
}
