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
 * time, so work under way beats a question, and a question beats a prompt. The tail of a text is history: there the last
 * line that says anything counts.
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
        for (Kind kind : Kind.values()) {
            for (String line : lines) if (says(kind, line)) return sign(kind, line);
        }
        return Optional.empty();
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

    /**
     * Whether text stands between the prompt and the cursor. A hint that a program shows in an empty prompt stands behind
     * the cursor, so only a screen with a cursor can tell.
     */
    boolean showsDraft(Screen screen) {
        if (screen.cursor().isEmpty()) return false;
        Screen.Cursor cursor = screen.cursor().get();
        if (cursor.row() >= screen.lines().size()) return false;
        String line = screen.lines().get(cursor.row());
        int end = Math.min(cursor.column(), line.length());
        for (Pattern prompt : profile.prompts()) {
            int from = SteppedText.endOf(prompt, line);
            if (from >= 0 && from < end && !line.substring(from, end).isBlank()) return true;
        }
        return false;
    }
}
