package io.trails.worktree.internal.populate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which files git may write with other bytes than those of their blobs. It errs to one side: a file it lets pass is written
 * as it is in the repository. Immutable.
 */
final class SmudgeRules {
    private record Rule(String base, String ending) {
        boolean matches(String path) {
            return path.endsWith(ending) && path.startsWith(base);
        }
    }

    private final Set<Rule> rules;

    private SmudgeRules(Set<Rule> rules) {
        this.rules = Set.copyOf(rules);
    }

    /** @param lines of all attributes files that count in the tree */
    static SmudgeRules of(List<AttributeLine> lines) {
        Set<String> macros = macros(lines);
        var rules = new HashSet<Rule>();
        for (AttributeLine line : lines) {
            if (!line.macro() && rewrites(line, macros)) rules.add(new Rule(line.base(), line.ending()));
        }
        return new SmudgeRules(rules);
    }

    /** The names that stand for attributes that rewrite, also by way of each other. */
    private static Set<String> macros(List<AttributeLine> lines) {
        var macros = new HashSet<String>();
        var open = new ArrayList<AttributeLine>(lines);
        open.removeIf(line -> !line.macro());
        boolean grown = true;
        while (grown) {
            grown = false;
            for (AttributeLine line : open) {
                if (rewrites(line, macros)) grown |= macros.add(line.pattern());
            }
        }
        return macros;
    }

    private static boolean rewrites(AttributeLine line, Set<String> macros) {
        for (String word : line.words()) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            boolean rewrites = name.equals("ident")
                    || name.equals("filter")
                    || name.equals("working-tree-encoding")
                    || word.equals("eol=crlf")
                    || macros.contains(name);
            if (rewrites) return true;
        }
        return false;
    }

    /** @param path one character for each byte */
    boolean mayRewrite(String path) {
        if (rules.isEmpty()) return false;
        String small = path.toLowerCase(Locale.ROOT);
        for (Rule rule : rules) {
            if (rule.matches(small)) return true;
        }
        return false;
    }
}
