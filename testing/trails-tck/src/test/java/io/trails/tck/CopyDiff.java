package io.trails.tck;

import io.trails.Change;
import io.trails.FileDiff;
import io.trails.FileDiff.Line;
import io.trails.LineCount;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs in one file, as one place from the first line that differs to the last.
 *
 * @param path of the file
 * @param old its lines with their ends; empty if there was no file
 * @param now its lines with their ends; empty if there is no file
 */
record CopyDiff(String path, Optional<byte[]> old, Optional<byte[]> now) {
    Change change() {
        Change.Kind kind =
                old.isEmpty() ? Change.Kind.ADDED : now.isEmpty() ? Change.Kind.DELETED : Change.Kind.MODIFIED;
        long added = count(Line.Kind.ADDED);
        long deleted = count(Line.Kind.DELETED);
        Optional<LineCount> lines = isBinary() ? Optional.empty() : Optional.of(new LineCount(added, deleted));
        return new Change(path, kind, Optional.empty(), lines);
    }

    private long count(Line.Kind kind) {
        return hunk(0).lines().stream().filter(line -> line.kind() == kind).count();
    }

    private boolean isBinary() {
        return text(old).indexOf('\0') >= 0 || text(now).indexOf('\0') >= 0;
    }

    FileDiff fileDiff(int context, int linesPerFile) {
        if (isBinary()) return new FileDiff(change(), true, List.of(), false);
        FileDiff.Hunk hunk = hunk(context);
        if (hunk.lines().size() <= linesPerFile) return new FileDiff(change(), false, List.of(hunk), false);
        return new FileDiff(change(), false, List.of(), true);
    }

    /** For {@code git apply}, in the bytes of the file as Latin-1. */
    String patch(int context) {
        FileDiff.Hunk hunk = hunk(context);
        var patch = new StringBuilder("diff --git a/" + path + " b/" + path + "\n");
        if (old.isEmpty()) patch.append("new file mode 100644\n");
        if (now.isEmpty()) patch.append("deleted file mode 100644\n");
        patch.append("--- ")
                .append(old.isEmpty() ? "/dev/null" : "a/" + path + "\t")
                .append('\n');
        patch.append("+++ ")
                .append(now.isEmpty() ? "/dev/null" : "b/" + path + "\t")
                .append('\n');
        patch.append(
                "@@ -%d,%d +%d,%d @@\n".formatted(hunk.oldStart(), hunk.oldCount(), hunk.newStart(), hunk.newCount()));
        for (Line line : lines(context, StandardCharsets.ISO_8859_1)) {
            String sign = line.kind() == Line.Kind.ADDED ? "+" : line.kind() == Line.Kind.DELETED ? "-" : " ";
            patch.append(sign).append(line.text()).append('\n');
            if (!line.ended()) patch.append("\\ No newline at end of file\n");
        }
        return patch.toString();
    }

    private FileDiff.Hunk hunk(int context) {
        List<Line> lines = lines(context, StandardCharsets.UTF_8);
        int skipped = Math.max(0, same() - context);
        int before = (int)
                lines.stream().filter(line -> line.kind() != Line.Kind.ADDED).count();
        int after = (int)
                lines.stream().filter(line -> line.kind() != Line.Kind.DELETED).count();
        return new FileDiff.Hunk(
                before == 0 ? skipped : skipped + 1, before, after == 0 ? skipped : skipped + 1, after, "", lines);
    }

    private List<Line> lines(int context, Charset charset) {
        List<String> before = split(old, charset);
        List<String> after = split(now, charset);
        int first = same();
        int last = 0;
        int most = Math.min(before.size(), after.size()) - first;
        while (last < most && before.get(before.size() - 1 - last).equals(after.get(after.size() - 1 - last))) last++;
        List<Line> lines = new ArrayList<>();
        for (String line : before.subList(Math.max(0, first - context), first))
            lines.add(line(Line.Kind.CONTEXT, line));
        for (String line : before.subList(first, before.size() - last)) lines.add(line(Line.Kind.DELETED, line));
        for (String line : after.subList(first, after.size() - last)) lines.add(line(Line.Kind.ADDED, line));
        int end = after.size() - last;
        for (String line : after.subList(end, Math.min(after.size(), end + context)))
            lines.add(line(Line.Kind.CONTEXT, line));
        return lines;
    }

    /** How many lines are the same from the beginning. */
    private int same() {
        List<String> before = split(old, StandardCharsets.ISO_8859_1);
        List<String> after = split(now, StandardCharsets.ISO_8859_1);
        int count = 0;
        while (count < Math.min(before.size(), after.size())
                && before.get(count).equals(after.get(count))) count++;
        return count;
    }

    private static Line line(Line.Kind kind, String text) {
        boolean ended = text.endsWith("\n");
        return new Line(kind, ended ? text.substring(0, text.length() - 1) : text, ended);
    }

    private static List<String> split(Optional<byte[]> content, Charset charset) {
        String text = content.map(bytes -> new String(bytes, charset)).orElse("");
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }

    private static String text(Optional<byte[]> content) {
        return content.map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .orElse("");
    }
}
