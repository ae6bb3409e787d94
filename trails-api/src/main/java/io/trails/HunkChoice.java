package io.trails;

import java.util.List;
import java.util.Objects;

/** How one {@link Conflict.Hunk} is decided. Immutable. */
public sealed interface HunkChoice {
    /**
     * The target's lines.
     *
     * @return the choice
     */
    static HunkChoice ours() {
        return new Sides(List.of(Resolution.Which.OURS));
    }

    /**
     * The session's lines.
     *
     * @return the choice
     */
    static HunkChoice theirs() {
        return new Sides(List.of(Resolution.Which.THEIRS));
    }

    /**
     * Lines of several sides, one after the other.
     *
     * @param order the sides; none for no lines at all
     * @return the choice
     */
    static HunkChoice sides(Resolution.Which... order) {
        Objects.requireNonNull(order, "order");
        return new Sides(List.of(order));
    }

    /**
     * Other lines.
     *
     * @param lines without their ends, which are written as the file has them
     * @return the choice
     */
    static HunkChoice lines(List<String> lines) {
        return new Lines(lines);
    }

    /**
     * Lines of sides.
     *
     * @param order the sides
     */
    record Sides(List<Resolution.Which> order) implements HunkChoice {
        /** Copies the list. */
        public Sides {
            Objects.requireNonNull(order, "order");
            order = List.copyOf(order);
        }
    }

    /**
     * Other lines.
     *
     * @param lines without their ends
     */
    record Lines(List<String> lines) implements HunkChoice {
        /** Copies the list. */
        public Lines {
            Objects.requireNonNull(lines, "lines");
            lines = List.copyOf(lines);
        }
    }
}
