package io.trails.worktree.internal.merge;

import io.trails.Conflict;
import io.trails.HunkChoice;
import io.trails.Resolution;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.util.IntList;
import org.eclipse.jgit.util.RawParseUtils;

/** Three versions of a file, merged line by line. Immutable. */
final class MergedText {
    private static final int CONTEXT = 3;
    private static final List<Resolution.Which> ORDER =
            List.of(Resolution.Which.BASE, Resolution.Which.OURS, Resolution.Which.THEIRS);

    private final List<Part> parts;
    private final byte[] lineEnd;

    /** Lines that all agree on, or a place that conflicts. */
    private static final class Part {
        private final byte[] agreed;
        private final Map<Resolution.Which, byte[]> sides;

        Part(byte[] agreed, Map<Resolution.Which, byte[]> sides) {
            this.agreed = agreed;
            this.sides = sides;
        }

        boolean conflicts() {
            return !sides.isEmpty();
        }

        byte[] side(Resolution.Which which) {
            return sides.getOrDefault(which, new byte[0]);
        }
    }

    private MergedText(List<Part> parts, byte[] lineEnd) {
        this.parts = parts;
        this.lineEnd = lineEnd;
    }

    static MergedText of(byte[] base, byte[] ours, byte[] theirs) {
        List<RawText> versions = List.of(new RawText(base), new RawText(ours), new RawText(theirs));
        MergeResult<RawText> merged = new MergeAlgorithm(new HistogramDiff())
                .merge(RawTextComparator.DEFAULT, versions.get(0), versions.get(1), versions.get(2));
        List<IntList> starts = versions.stream().map(MergedText::lineStarts).toList();
        var parts = new ArrayList<Part>();
        for (MergeChunk chunk : merged) {
            int version = chunk.getSequenceIndex();
            byte[] lines = lines(versions.get(version), starts.get(version), chunk.getBegin(), chunk.getEnd());
            if (chunk.getConflictState() == ConflictState.NO_CONFLICT) {
                parts.add(new Part(lines, Map.of()));
                continue;
            }
            if (chunk.getConflictState() == ConflictState.FIRST_CONFLICTING_RANGE)
                parts.add(new Part(new byte[0], new EnumMap<>(Resolution.Which.class)));
            parts.get(parts.size() - 1).sides.put(ORDER.get(version), lines);
        }
        return new MergedText(parts, lineEnd(ours.length == 0 ? theirs : ours));
    }

    /** Counted from 1, as JGit does. */
    private static IntList lineStarts(RawText text) {
        byte[] content = text.getRawContent();
        return RawParseUtils.lineMap(content, 0, content.length);
    }

    private static byte[] lines(RawText text, IntList starts, int begin, int end) {
        if (begin >= end) return new byte[0];
        return Arrays.copyOfRange(text.getRawContent(), starts.get(begin + 1), starts.get(end + 1));
    }

    private static byte[] lineEnd(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') return i > 0 && text[i - 1] == '\r' ? new byte[] {'\r', '\n'} : new byte[] {'\n'};
        }
        return new byte[] {'\n'};
    }

    boolean isClean() {
        return parts.stream().noneMatch(Part::conflicts);
    }

    List<Conflict.Hunk> hunks() {
        var hunks = new ArrayList<Conflict.Hunk>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (!part.conflicts()) continue;
            List<String> before = i == 0 ? List.of() : text(parts.get(i - 1).agreed);
            List<String> after = i == parts.size() - 1 ? List.of() : text(parts.get(i + 1).agreed);
            hunks.add(new Conflict.Hunk(
                    text(part.side(Resolution.Which.BASE)),
                    text(part.side(Resolution.Which.OURS)),
                    text(part.side(Resolution.Which.THEIRS)),
                    before.subList(Math.max(0, before.size() - CONTEXT), before.size()),
                    after.subList(0, Math.min(CONTEXT, after.size()))));
        }
        return hunks;
    }

    private static List<String> text(byte[] lines) {
        var found = new ArrayList<String>();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1))
            found.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (found.get(found.size() - 1).isEmpty()) found.remove(found.size() - 1);
        return found;
    }

    /** What agrees, and for each place that does not, what was chosen. */
    byte[] with(List<HunkChoice> choices) {
        var out = new ByteArrayOutputStream();
        int next = 0;
        for (Part part : parts) out.writeBytes(part.conflicts() ? chosen(part, choices.get(next++)) : part.agreed);
        return out.toByteArray();
    }

    private byte[] chosen(Part part, HunkChoice choice) {
        var out = new ByteArrayOutputStream();
        if (choice instanceof HunkChoice.Sides sides) {
            for (Resolution.Which which : sides.order())
                append(out, part.side(which), sides.order().size() > 1);
        } else if (choice instanceof HunkChoice.Lines lines) {
            for (String line : lines.lines()) {
                out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
                out.writeBytes(lineEnd);
            }
        }
        return out.toByteArray();
    }

    /** A last line without an end must not run into the next side's first. */
    private void append(ByteArrayOutputStream out, byte[] lines, boolean joined) {
        out.writeBytes(lines);
        if (joined && lines.length > 0 && lines[lines.length - 1] != '\n') out.writeBytes(lineEnd);
    }
}
