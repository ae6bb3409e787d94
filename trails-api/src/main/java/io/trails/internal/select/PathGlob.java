package io.trails.internal.select;

import java.io.File;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Directories a rule holds for, in the syntax that {@link io.trails.ModeRule} documents. Immutable.
 *
 * <p>It is an automaton whose states are followed all at once. So matching takes time proportional to the product of the
 * lengths, whatever a repository writes into its rules. Where a pattern could mean less or more, it means more: a rule that
 * holds for one directory too many is noticed, one that protects nothing is not.
 */
public final class PathGlob {
    /** Longer than paths are. */
    private static final int LONGEST = 4_096;

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final List<GlobStep> steps;

    private PathGlob(List<GlobStep> steps) {
        this.steps = steps;
    }

    /**
     * A compiled glob.
     *
     * @throws PatternSyntaxException if it is none
     */
    public static PathGlob of(String glob) {
        if (glob.length() > LONGEST) {
            throw new PatternSyntaxException("longer than " + LONGEST + " characters", glob, LONGEST);
        }
        return new PathGlob(new PathGlobParser(withoutTrailingSlashes(composed(glob))).parse());
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') end--;
        return text.substring(0, end);
    }

    /** Some file systems take letters with accents apart, which people and editors write as one. */
    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** @param directory absolute */
    boolean matches(Path directory) {
        String text = directory.toString();
        return matches(WINDOWS ? text.replace('\\', '/') : text, WINDOWS);
    }

    boolean matches(String directory, boolean ignoringCase) {
        String plain = withoutTrailingSlashes(composed(directory));
        // The root is the one directory that is not written without its slash.
        return follow(plain, ignoringCase) || (plain.isEmpty() && follow("/", ignoringCase));
    }

    private boolean follow(String text, boolean ignoringCase) {
        var here = new States(steps);
        var next = new States(steps);
        here.enter(0);
        for (int character : text.codePoints().toArray()) {
            if (here.count == 0) return false;
            for (int i = 0; i < here.count; i++) here.follow(i, character, ignoringCase, next);
            States former = here;
            here = next;
            next = former;
            next.clear();
        }
        return here.entered[steps.size()];
    }

    /** Where the automaton can be after the same characters. */
    private static final class States {
        private final List<GlobStep> steps;
        private final boolean[] entered;
        private final int[] consuming;
        private final List<Integer> open = new ArrayList<>();
        private int count;

        States(List<GlobStep> steps) {
            this.steps = steps;
            entered = new boolean[steps.size() + 1];
            consuming = new int[steps.size()];
        }

        void clear() {
            Arrays.fill(entered, false);
            count = 0;
        }

        /** A state and those that are reached from it without a character. */
        void enter(int start) {
            open.add(start);
            while (!open.isEmpty()) {
                int state = open.remove(open.size() - 1);
                if (entered[state]) continue;
                entered[state] = true;
                if (state == steps.size()) continue;
                GlobStep step = steps.get(state);
                if (step.consumes()) consuming[count++] = state;
                if (step.repeats()) open.add(state + 1);
                open.addAll(step.ways());
            }
        }

        void follow(int index, int character, boolean ignoringCase, States next) {
            int state = consuming[index];
            GlobStep step = steps.get(state);
            if (step.accepts(character, ignoringCase)) next.enter(step.repeats() ? state : state + 1);
        }
    }
}
