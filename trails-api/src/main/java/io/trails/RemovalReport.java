package io.trails;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a removal removed, what it kept, and why. Immutable.
 *
 * @param removed what is gone
 * @param kept what is still there because removing it would have lost something or was not allowed
 * @param forgotten what may still be there, and which trails will not look after any more; see
 *     {@link RemovalPolicy#forgetting()}
 */
public record RemovalReport(List<Item> removed, List<Item> kept, List<Item> forgotten) {
    private static final RemovalReport NOTHING = new RemovalReport(List.of(), List.of());

    /** Copies the lists. */
    public RemovalReport {
        Objects.requireNonNull(removed, "removed");
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(forgotten, "forgotten");
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        forgotten = List.copyOf(forgotten);
    }

    /**
     * Nothing was forgotten.
     *
     * @param removed what is gone
     * @param kept what is still there
     */
    public RemovalReport(List<Item> removed, List<Item> kept) {
        this(removed, kept, List.of());
    }

    /**
     * One thing.
     *
     * @param what a path, a branch, a process, as a person would name it
     * @param reason why it was removed or kept
     */
    public record Item(String what, Reason reason) {
        /** Checks the components. */
        public Item {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Nothing was there.
     *
     * @return the empty report
     */
    public static RemovalReport nothing() {
        return NOTHING;
    }

    /**
     * One thing was removed.
     *
     * @param what a path, a branch, a process
     * @param reason why
     * @return the report
     */
    public static RemovalReport removed(String what, Reason reason) {
        return new RemovalReport(List.of(new Item(what, reason)), List.of());
    }

    /**
     * One thing was kept.
     *
     * @param what a path, a branch, a process
     * @param reason why
     * @return the report
     */
    public static RemovalReport kept(String what, Reason reason) {
        return new RemovalReport(List.of(), List.of(new Item(what, reason)));
    }

    /**
     * One thing was forgotten.
     *
     * @param what a path, a branch, a process
     * @param reason why
     * @return the report
     */
    public static RemovalReport forgotten(String what, Reason reason) {
        return new RemovalReport(List.of(), List.of(), List.of(new Item(what, reason)));
    }

    /**
     * Whether everything is gone, but for what was forgotten.
     *
     * @return true if nothing was kept
     */
    public boolean complete() {
        return kept.isEmpty();
    }

    /**
     * Both reports together.
     *
     * @param next what happened after this
     * @return a new report
     */
    public RemovalReport and(RemovalReport next) {
        Objects.requireNonNull(next, "next");
        var allRemoved = new ArrayList<>(removed);
        allRemoved.addAll(next.removed);
        var allKept = new ArrayList<>(kept);
        allKept.addAll(next.kept);
        var allForgotten = new ArrayList<>(forgotten);
        allForgotten.addAll(next.forgotten);
        return new RemovalReport(allRemoved, allKept, allForgotten);
    }
}
