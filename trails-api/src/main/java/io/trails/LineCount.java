package io.trails;

/**
 * How many lines differ in a file. Immutable.
 *
 * @param added lines that are new
 * @param deleted lines that are gone; a modified line counts on both sides
 */
public record LineCount(long added, long deleted) {
    /** Checks the components. */
    public LineCount {
        if (added < 0 || deleted < 0) throw new IllegalArgumentException("Lines are counted from 0");
    }
}
