package io.trails.internal.engine;

import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StateStore;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sessions somebody is at work on: creating, removing or repairing them. Of other instances their living presence
 * says so; of this one, whether it really still is, since the last write of a piece of work may have failed. Thread-safe.
 */
final class Claims {
    private static final int REMOVING = -1;

    private final StateStore state;
    /** Counted, since several threads may try the same name and only one of them gets it. */
    private final ConcurrentHashMap<String, Integer> working = new ConcurrentHashMap<>();

    /** How many write the files of a session; {@link #REMOVING} while one removes them. */
    private final ConcurrentHashMap<String, Integer> writing = new ConcurrentHashMap<>();

    Claims(StateStore state) {
        this.state = state;
    }

    /** This instance is at work on the session, until as many calls of {@link #end} as of this. */
    void begin(String session) {
        working.merge(session, 1, Integer::sum);
    }

    void end(String session) {
        working.computeIfPresent(session, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Whether this instance is at work on a session of that name. */
    boolean isAtWork(String session) {
        return working.containsKey(session);
    }

    /** Whether nobody of this instance removes the session's files, nor may before {@link #endWork}. */
    boolean beginWork(String session) {
        int writers = writing.merge(session, 1, (count, one) -> count == REMOVING ? REMOVING : count + one);
        return writers != REMOVING;
    }

    void endWork(String session) {
        writing.computeIfPresent(session, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Whether nobody of this instance writes or removes the session's files, nor may before {@link #endRemoval}. */
    boolean beginRemoval(String session) {
        return writing.putIfAbsent(session, REMOVING) == null;
    }

    void endRemoval(String session) {
        writing.remove(session, REMOVING);
    }

    /** Whether somebody who lives is at work on the session. */
    boolean isHeld(SessionRecord record) {
        if (record.owner().isEmpty()) return false;
        String owner = record.owner().get();
        return owner.equals(state.presence()) ? working.containsKey(record.name()) : state.isAlive(owner);
    }
}
