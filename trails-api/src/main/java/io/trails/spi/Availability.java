package io.trails.spi;

import io.trails.Reason;
import java.util.List;

/** Whether a provider can be used. Immutable. */
public sealed interface Availability {
    /**
     * It can.
     *
     * @param notes worth knowing, such as the version found or what an older version lacks
     * @return the answer
     */
    static Availability available(Reason... notes) {
        return new Available(List.of(notes));
    }

    /**
     * It cannot.
     *
     * @param reasons what is missing and what would help, at least one
     * @return the answer
     */
    static Availability unavailable(Reason... reasons) {
        return new Unavailable(List.of(reasons));
    }

    /**
     * What there is to say about it.
     *
     * @return an unmodifiable list
     */
    List<Reason> reasons();

    /**
     * It can be used.
     *
     * @param reasons worth knowing
     */
    record Available(List<Reason> reasons) implements Availability {
        /** Copies the list. */
        public Available {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It cannot be used.
     *
     * @param reasons what is missing and what would help, at least one
     */
    record Unavailable(List<Reason> reasons) implements Availability {
        /** Copies the list. */
        public Unavailable {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) throw new IllegalArgumentException("Unavailable needs a reason");
        }
    }
}
