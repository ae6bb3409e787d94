package io.trails.internal.agent;

import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line that a pattern may look at only so often: some patterns would try more ways to match than there is time. */
final class SteppedText implements CharSequence {
    private static final int STEPS = 200_000;
    private static final int LONGEST = 500;

    private final String text;
    private int steps;

    private SteppedText(String text) {
        this.text = text;
    }

    /** Where a pattern first matches in a line. */
    enum Find {
        FOUND,
        ABSENT,
        TOO_COSTLY
    }

    static Find find(Pattern pattern, String line) {
        try {
            return matcher(pattern, line).find() ? Find.FOUND : Find.ABSENT;
        } catch (TooManySteps e) {
            return Find.TOO_COSTLY;
        }
    }

    /** Where the first match ends, or -1. */
    static int endOf(Pattern pattern, String line) {
        try {
            Matcher matcher = matcher(pattern, line);
            return matcher.find() ? matcher.end() : -1;
        } catch (TooManySteps e) {
            return -1;
        }
    }

    private static Matcher matcher(Pattern pattern, String line) {
        return pattern.matcher(new SteppedText(line.length() > LONGEST ? line.substring(0, LONGEST) : line));
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++steps > STEPS) throw new TooManySteps();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class TooManySteps extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("A pattern took more than " + STEPS + " steps", null, false, false);
        }
    }
}
