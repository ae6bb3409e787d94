package io.trails.daggerdouble.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/** A list of include or exclude patterns as an engine reads them: of a {@code .dockerignore}, the last that matches decides. */
final class Patterns {

    private record One(Pattern pattern, boolean exception) {}

    private final List<One> patterns = new ArrayList<>();

    Patterns(List<String> texts) {
        for (String text : texts) {
            String trimmed = text.strip();
            boolean exception = trimmed.startsWith("!");
            String clean = clean(exception ? trimmed.substring(1) : trimmed);
            if (!clean.isEmpty()) {
                patterns.add(new One(Pattern.compile(regex(clean), Pattern.DOTALL), exception));
            }
        }
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean hasExceptions() {
        return patterns.stream().anyMatch(One::exception);
    }

    /** Which patterns match a path or a directory above it. */
    BitSet matches(String path, BitSet parent) {
        BitSet matched = (BitSet) parent.clone();
        for (int i = matched.nextClearBit(0); i < patterns.size(); i = matched.nextClearBit(i + 1)) {
            matched.set(i, patterns.get(i).pattern().matcher(path).matches());
        }
        return matched;
    }

    boolean decide(BitSet matched) {
        int last = matched.length() - 1;
        return last >= 0 && !patterns.get(last).exception();
    }

    private static String clean(String pattern) {
        List<String> parts = new ArrayList<>();
        for (String part : pattern.split("/", -1)) {
            if (part.equals("..")
                    && !parts.isEmpty()
                    && !parts.get(parts.size() - 1).equals("..")) {
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return (pattern.startsWith("/") ? "/" : "") + String.join("/", parts);
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        boolean bracket = false;
        while (i < pattern.length()) {
            char c = pattern.charAt(i++);
            boolean wildcard = c == '*' || c == '?';
            if (bracket && wildcard) {
                // What a wildcard becomes ends the bracket: it doesn't stand for itself there.
                regex.append('\\');
            }
            bracket = !wildcard && c != ']' && (bracket || c == '[');
            if (c == '*') {
                if (i < pattern.length() && pattern.charAt(i) == '*') {
                    i++;
                    if (i < pattern.length() && pattern.charAt(i) == '/') {
                        i++;
                    }
                    regex.append(i == pattern.length() ? ".*" : "(.*/)?");
                } else {
                    regex.append("[^/]*");
                }
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (".+()|{}$".indexOf(c) >= 0) {
                regex.append('\\').append(c);
            } else if (c == '\\' && i < pattern.length()) {
                char next = pattern.charAt(i++);
                regex.append(Character.isLetterOrDigit(next) ? "" : "\\").append(next);
            } else if (c == '\\') {
                throw new IllegalArgumentException("syntax error in pattern");
            } else {
                regex.append(c);
            }
        }
        return regex.toString();
    }
}
