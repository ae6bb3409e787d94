package io.trails;

import java.util.List;
import java.util.Objects;

/**
 * What a repair found of earlier crashes and did about it. Immutable.
 *
 * @param items one per session that was not in order, and one per directory whose session is not known any more; empty
 *     means all was well
 */
public record RepairReport(List<Item> items) {
    /** Copies the list. */
    public RepairReport {
        Objects.requireNonNull(items, "items");
        items = List.copyOf(items);
    }

    /** What was done. */
    public enum Action {
        /** The creation was finished: the session is usable. */
        ADOPTED,
        /** The creation was undone, or the removal was finished: the name is free. */
        REAPED,
        /** Left as it is, because somebody is at work on it or because removing it would lose work. */
        KEPT,
        /** What the session stands on is gone. */
        LOST
    }

    /**
     * One session.
     *
     * @param session its name; of a directory whose session is not known, the name of the directory
     * @param action what was done
     * @param reason why
     */
    public record Item(String session, Action action, Reason reason) {
        /** Checks the components. */
        public Item {
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
