package io.trails.worktree.internal.changes;

import io.trails.FileDiff;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the patch of one file after another. What is a line of a file and what is not is told by the counts of a hunk's
 * heading alone, since a line may look like anything. Single-threaded.
 */
final class PatchReader {
    /** Enough to tell what a heading says: names, which may be longer, are not taken from there. */
    private static final int HEADING = 4_096;

    private static final String FILE = "diff --git ";
    private static final String BINARY = "Binary files ";
    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@ ?(.*)", Pattern.DOTALL);

    private final PatchInput input;
    private final int linesPerFile;

    /** @param input behind its records */
    PatchReader(PatchInput input, int linesPerFile) throws IOException {
        this.input = input;
        this.linesPerFile = linesPerFile;
        input.advance(HEADING);
    }

    /** @param parts into which the patch divides the file */
    FilePatch read(int parts) throws IOException {
        var lines = new PatchLines(linesPerFile);
        boolean binary = false;
        for (int part = 0; part < parts; part++) {
            if (!at(FILE)) throw RecordFields.unknown(RepoPath.of(input.text()));
            input.advance(HEADING);
            while (input.isPresent() && !at(FILE) && !at("@@ ")) {
                binary |= at(BINARY);
                input.advance(HEADING);
            }
            while (at("@@ ")) hunk(lines);
        }
        return lines.toPatch(binary);
    }

    private boolean at(String start) {
        return input.isPresent() && input.text().startsWith(start);
    }

    private void hunk(PatchLines lines) throws IOException {
        Matcher heading = HUNK.matcher(input.text());
        if (!heading.matches()) throw RecordFields.unknown(RepoPath.of(input.text()));
        int oldCount = count(heading.group(2));
        int newCount = count(heading.group(4));
        lines.begin(
                Integer.parseInt(heading.group(1)),
                oldCount,
                Integer.parseInt(heading.group(3)),
                newCount,
                heading.group(5));
        body(lines, oldCount, newCount);
        input.advance(HEADING);
        if (at("\\")) {
            lines.unended();
            input.advance(HEADING);
        }
        lines.end();
    }

    private static int count(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private void body(PatchLines lines, int oldCount, int newCount) throws IOException {
        int oldLeft = oldCount;
        int newLeft = newCount;
        while (oldLeft > 0 || newLeft > 0) {
            // One more for the sign before the line.
            input.advance(lines.room() + 1);
            FileDiff.Line.Kind kind = kind();
            if (kind == null) {
                lines.unended();
                continue;
            }
            if (kind != FileDiff.Line.Kind.ADDED) oldLeft--;
            if (kind != FileDiff.Line.Kind.DELETED) newLeft--;
            lines.add(kind, input);
        }
    }

    /** None for the note that the line before has no end. */
    private FileDiff.Line.@Nullable Kind kind() {
        char sign = input.isPresent() ? input.sign() : 0;
        return switch (sign) {
            case ' ' -> FileDiff.Line.Kind.CONTEXT;
            case '+' -> FileDiff.Line.Kind.ADDED;
            case '-' -> FileDiff.Line.Kind.DELETED;
            case '\\' -> null;
            default -> throw RecordFields.unknown(RepoPath.of(input.text()));
        };
    }
}
