package io.trails.internal.agent;

import io.trails.AgentProfile;
import io.trails.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Reads the last lines of a screen by the patterns of a profile. On a real screen everything it shows is true at the same
 * time, so work under way beats a question, and a question beats a prompt; but a question above the prompt, and set off from
 * it by an empty line or a rule, is only quoted. The tail of a text is history: there the last line that says anything
 * counts.
 */
final class PromptRegion {
    private static final int LINES = 12;
    private static final int EVIDENCE = 200;

    private final AgentProfile profile;
    private final Set<Pattern> complained = ConcurrentHashMap.newKeySet();

    PromptRegion(AgentProfile profile) {
        this.profile = profile;
    }

    /** What a line says. */
    enum Kind {
        BUSY,
        QUESTION,
        PROMPT
    }

    /**
     * What the region says, with the line that says it.
     *
     * @param line clipped
     */
    record Sign(Kind kind, String line) {}

    Optional<Sign> read(Screen screen, boolean live) {
        List<String> lines = lastLines(screen);
        if (!live) {
            for (String line : lines) {
                for (Kind kind : Kind.values()) if (says(kind, line)) return sign(kind, line);
            }
            return Optional.empty();
        }
        return readLive(screen);
    }

    private Optional<Sign> readLive(Screen screen) {
        List<String> rows = screen.lines();
        int first = firstRow(rows);
        int prompt = promptRow(rows, first);
        int asked = prompt < 0 ? first : blockStart(rows, first, prompt);
        for (int row = rows.size() - 1; row >= first; row--) {
            if (says(Kind.BUSY, rows.get(row))) return sign(Kind.BUSY, rows.get(row));
        }
        for (int row = rows.size() - 1; row >= asked; row--) {
            if (says(Kind.QUESTION, rows.get(row))) return sign(Kind.QUESTION, rows.get(row));
        }
        return prompt < 0 ? Optional.empty() : sign(Kind.PROMPT, rows.get(prompt));
    }

    /** The row of the prompt, or -1. What looks like a prompt further up is none. */
    int promptRow(Screen screen) {
        return promptRow(screen.lines(), firstRow(screen.lines()));
    }

    /** Where what the prompt of that row shows of itself ends in it. */
    int promptEnd(String line) {
        int end = -1;
        for (Pattern pattern : profile.prompts()) end = Math.max(end, SteppedText.endOf(pattern, line));
        return end;
    }

    private int promptRow(List<String> rows, int first) {
        for (int row = rows.size() - 1; row >= first; row--) {
            if (says(Kind.PROMPT, rows.get(row)) && !says(Kind.QUESTION, rows.get(row))) return row;
        }
        return -1;
    }

    private static int blockStart(List<String> rows, int first, int row) {
        int start = row;
        while (start > first && !separates(rows.get(start - 1))) start--;
        return start;
    }

    /** Whether nothing but blanks or a rule is in the line. */
    static boolean separates(String line) {
        return line.codePoints()
                .allMatch(c -> isBlank(c) || (c >= 0x2500 && c <= 0x259f && !isBar(c)) || c == '-' || c == '=');
    }

    static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** The side of a box. */
    static boolean isBar(int character) {
        return character == '\u2502' || character == '\u2503' || character == '\u2551' || character == '|';
    }

    private static int firstRow(List<String> rows) {
        int shown = 0;
        for (int row = rows.size() - 1; row >= 0; row--) {
            if (!rows.get(row).isBlank() && ++shown == LINES) return row;
        }
        return 0;
    }

    private static Optional<Sign> sign(Kind kind, String line) {
        return Optional.of(new Sign(kind, line.length() > EVIDENCE ? line.substring(0, EVIDENCE) : line));
    }

    /** The last lines with anything on them, the last one first. */
    private static List<String> lastLines(Screen screen) {
        var found = new ArrayList<String>();
        List<String> lines = screen.lines();
        for (int i = lines.size() - 1; i >= 0 && found.size() < LINES; i--) {
            if (!lines.get(i).isBlank()) found.add(lines.get(i));
        }
        return found;
    }

    private boolean says(Kind kind, String line) {
        for (Pattern pattern : patterns(kind)) {
            switch (SteppedText.find(pattern, line)) {
                case FOUND -> {
                    return true;
                }
                case TOO_COSTLY -> {
                    if (complained.add(pattern)) {
                        LoggerFactory.getLogger(PromptRegion.class)
                                .warn("Pattern {} of agent {} takes too long and is skipped", pattern, profile.name());
                    }
                }
                case ABSENT -> {}
            }
        }
        return false;
    }

    private List<Pattern> patterns(Kind kind) {
        return switch (kind) {
            case BUSY -> profile.busy();
            case QUESTION -> profile.questions();
            case PROMPT -> profile.prompts();
        };
    }
}
