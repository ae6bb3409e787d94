package io.trails;

import java.util.List;
import java.util.Objects;

/**
 * The lines of one file that differ. Immutable.
 *
 * @param change the file
 * @param binary whether it has no lines
 * @param hunks in the order of the file; empty if it is binary or only its name or mode differs
 * @param cut whether lines were left out because of {@link DiffRequest#linesPerFile(int)}
 */
public record FileDiff(Change change, boolean binary, List<Hunk> hunks, boolean cut) {
    /** Copies the list. */
    public FileDiff {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(hunks, "hunks");
        hunks = List.copyOf(hunks);
    }

    /**
     * Lines that differ, and some around them. Line numbers start at 1; a side without lines starts where they would be
     * inserted, as in unified diffs.
     *
     * @param oldStart its first line in the old file
     * @param oldCount its lines in the old file
     * @param newStart its first line in the new file
     * @param newCount its lines in the new file
     * @param heading what the diff shows as the enclosing section, such as a method; may be empty
     * @param lines in order
     */
    public record Hunk(int oldStart, int oldCount, int newStart, int newCount, String heading, List<Line> lines) {
        /** Copies the list. */
        public Hunk {
            Objects.requireNonNull(heading, "heading");
            Objects.requireNonNull(lines, "lines");
            lines = List.copyOf(lines);
        }
    }

    /**
     * One line.
     *
     * @param kind what happened to it
     * @param text without its end; bytes that are no UTF-8 are replaced
     * @param ended false for a file's last line if no line feed follows it
     */
    public record Line(Kind kind, String text, boolean ended) {
        /** Checks the components. */
        public Line {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
        }

        /** What happened to a line. */
        public enum Kind {
            /** Nothing. */
            CONTEXT,
            /** It is new. */
            ADDED,
            /** It is gone. */
            DELETED
        }
    }
}
