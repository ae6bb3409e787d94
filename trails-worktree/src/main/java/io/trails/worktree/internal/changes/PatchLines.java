package io.trails.worktree.internal.changes;

import io.trails.FileDiff;
import java.util.ArrayList;
import java.util.List;

/** Collects the lines of one file as far as a bound goes, and counts the others. Single-threaded. */
final class PatchLines {
    /** What the lines of one file may take, whatever number of them is asked for: a line may be as long as a file. */
    private static final int MOST_BYTES = 32 << 20;
    /** What a line takes besides its text, about. */
    private static final int OVERHEAD = 48;

    private final List<FileDiff.Hunk> hunks = new ArrayList<>();
    private int linesLeft;
    private int bytesLeft = MOST_BYTES;
    private List<FileDiff.Line> lines = new ArrayList<>();
    private FileDiff.Hunk heading = new FileDiff.Hunk(0, 0, 0, 0, "", List.of());
    private boolean cut;
    private long added;
    private long deleted;

    PatchLines(int most) {
        linesLeft = most;
    }

    void begin(int oldStart, int oldCount, int newStart, int newCount, String section) {
        heading = new FileDiff.Hunk(oldStart, oldCount, newStart, newCount, section, List.of());
        lines = new ArrayList<>();
    }

    /** How many bytes of the next line can be taken. */
    int room() {
        return cut || linesLeft == 0 ? 0 : bytesLeft;
    }

    /** Once a line is left out, all that follow are. */
    void add(FileDiff.Line.Kind kind, PatchInput line) {
        if (kind == FileDiff.Line.Kind.ADDED) added++;
        if (kind == FileDiff.Line.Kind.DELETED) deleted++;
        cut |= linesLeft == 0 || !line.isWhole();
        if (cut) return;
        lines.add(new FileDiff.Line(kind, line.textAfterSign(), true));
        linesLeft--;
        bytesLeft = Math.max(0, bytesLeft - line.length() - OVERHEAD);
    }

    /** The line before has no end. */
    void unended() {
        if (cut) return;
        int last = lines.size() - 1;
        FileDiff.Line line = lines.get(last);
        lines.set(last, new FileDiff.Line(line.kind(), line.text(), false));
    }

    void end() {
        if (lines.isEmpty()) return;
        hunks.add(new FileDiff.Hunk(
                heading.oldStart(),
                heading.oldCount(),
                heading.newStart(),
                heading.newCount(),
                heading.heading(),
                lines));
    }

    FilePatch toPatch(boolean binary) {
        return new FilePatch(binary, hunks, cut, added, deleted);
    }
}
