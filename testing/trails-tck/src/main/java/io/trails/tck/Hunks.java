package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.FileDiff;
import java.util.ArrayList;
import java.util.List;

/** Applies the lines of a diff, as a host would that shows both sides of it. */
final class Hunks {
    private Hunks() {}

    static String applied(List<FileDiff.Hunk> hunks, String old) {
        List<String> lines = lines(old);
        var now = new StringBuilder();
        int next = 0;
        for (FileDiff.Hunk hunk : hunks) {
            // A side without lines starts at the line after which they would be.
            int first = hunk.oldCount() == 0 ? hunk.oldStart() : hunk.oldStart() - 1;
            while (next < first) now.append(lines.get(next++));
            int added = 0;
            int deleted = 0;
            for (FileDiff.Line line : hunk.lines()) {
                String text = line.ended() ? line.text() + "\n" : line.text();
                if (line.kind() != FileDiff.Line.Kind.ADDED) {
                    assertThat(text).as("line %d of the old file", next + 1).isEqualTo(lines.get(next++));
                    deleted++;
                }
                if (line.kind() != FileDiff.Line.Kind.DELETED) {
                    now.append(text);
                    added++;
                }
            }
            assertThat(deleted).as("lines of %s in the old file", hunk).isEqualTo(hunk.oldCount());
            assertThat(added).as("lines of %s in the new file", hunk).isEqualTo(hunk.newCount());
        }
        while (next < lines.size()) now.append(lines.get(next++));
        return now.toString();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start) + 1;
            if (end == 0) end = text.length();
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }
}
