package io.trails.internal.select;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Turns the text of a {@link PathGlob} into its states. Single-threaded, for one glob. */
final class PathGlobParser {
    private final String glob;
    private final List<GlobStep> steps = new ArrayList<>();
    private int at;

    /** Where a group begins, where its alternatives do, and where they end; none is open while there are no starts. */
    private int group;

    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    PathGlobParser(String glob) {
        this.glob = glob;
    }

    /** A glob that does not say where it starts may start anywhere; a mere name holds for what is below it, too. */
    List<GlobStep> parse() {
        boolean anywhere = !glob.isEmpty() && glob.charAt(0) != '/';
        if (anywhere) optional(GlobStep.any(true), GlobStep.one('/'));
        while (at < glob.length()) step();
        if (isInGroup()) throw wrong("'{' without '}'");
        if (anywhere && glob.indexOf('/') < 0) optional(GlobStep.one('/'), GlobStep.any(true));
        return List.copyOf(steps);
    }

    private void step() {
        int begin = at;
        int character = take();
        switch (character) {
            case '\\' -> {
                if (at == glob.length()) throw wrong("nothing follows the last '\\'");
                steps.add(GlobStep.one(take()));
            }
            case '?' -> steps.add(GlobStep.one(List.of(), true));
            case '[' -> characterClass();
            case '*' -> stars(begin);
            case '/' -> slash();
            case '{' -> open();
            case ',' -> {
                if (isInGroup()) alternative();
                else steps.add(GlobStep.one(','));
            }
            case '}' -> {
                if (isInGroup()) close();
                else steps.add(GlobStep.one('}'));
            }
            default -> steps.add(GlobStep.one(character));
        }
    }

    private int take() {
        int character = glob.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    /** Several stars that stand for whole names stand for none, too, and then the slash behind them is not there either. */
    private void stars(int begin) {
        at = afterStars(at);
        boolean deep = at - begin > 1;
        boolean atStart = begin == 0 || glob.charAt(begin - 1) == '/';
        if (deep && atStart && at < glob.length() && glob.charAt(at) == '/') {
            at++;
            optional(GlobStep.any(true), GlobStep.one('/'));
        } else {
            steps.add(GlobStep.any(deep));
        }
    }

    /** A slash with nothing but stars that stand for whole names behind it: the directory before it is meant as well. */
    private void slash() {
        int end = at - 1;
        while (isAt(end, '/') && afterStars(end + 1) - end > 2) end = afterStars(end + 1);
        boolean last = end == glob.length() || (isInGroup() && (isAt(end, ',') || isAt(end, '}')));
        if (end >= at && last) {
            at = end;
            optional(GlobStep.one('/'), GlobStep.any(true));
        } else {
            steps.add(GlobStep.one('/'));
        }
    }

    private int afterStars(int from) {
        int end = from;
        while (isAt(end, '*')) end++;
        return end;
    }

    private boolean isAt(int index, char character) {
        return index < glob.length() && glob.charAt(index) == character;
    }

    private void optional(GlobStep first, GlobStep second) {
        int fork = steps.size();
        steps.add(GlobStep.fork(List.of(fork + 1, fork + 3)));
        steps.add(first);
        steps.add(second);
    }

    private void characterClass() {
        boolean negated = isAt(at, '!');
        if (negated) at++;
        var ranges = new ArrayList<Integer>();
        while (!isAt(at, ']')) {
            int low = member();
            boolean range = isAt(at, '-') && !isAt(at + 1, ']');
            if (range) at++;
            int high = range ? member() : low;
            if (high < low) throw wrong("a range that ends before it begins");
            ranges.add(low);
            ranges.add(high);
        }
        if (ranges.isEmpty()) throw wrong("'[' and ']' with nothing in between");
        at++;
        steps.add(GlobStep.one(List.copyOf(ranges), negated));
    }

    private int member() {
        if (at == glob.length()) throw wrong("'[' without ']'");
        int character = take();
        if (character == '/') throw wrong("a '/' between '[' and ']'");
        return character;
    }

    private boolean isInGroup() {
        return !starts.isEmpty();
    }

    private void open() {
        if (isInGroup()) throw wrong("a group within a group");
        group = steps.size();
        steps.add(GlobStep.fork(List.of()));
        starts.add(steps.size());
    }

    private void alternative() {
        ends.add(steps.size());
        steps.add(GlobStep.fork(List.of()));
        starts.add(steps.size());
    }

    /** Only now it is known where the alternatives are. */
    private void close() {
        steps.set(group, GlobStep.fork(starts));
        for (int end : ends) steps.set(end, GlobStep.fork(List.of(steps.size())));
        starts.clear();
        ends.clear();
    }

    private PatternSyntaxException wrong(String what) {
        return new PatternSyntaxException(what, glob, at);
    }
}
