package io.trails.internal.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What of the names in a directory its {@code .gitignore}, or the one beside the directory, hides from git. Of the format it
 * understands what is likely to be written for a handful of names in one directory.
 */
final class IgnoreRules {
    private static final int LONGEST = 64 * 1024;

    private final Path directory;

    IgnoreRules(Path directory) {
        this.directory = directory;
    }

    /** Those of the names that git sees. */
    List<String> visible(List<String> names) {
        if (isHiddenFromOutside()) return List.of();
        List<String> rules = lines(directory.resolve(".gitignore"));
        var visible = new ArrayList<String>();
        for (String name : names) {
            if (!isHidden(name, rules)) visible.add(name);
        }
        return visible;
    }

    private boolean isHiddenFromOutside() {
        Path parent = directory.getParent();
        Path name = directory.getFileName();
        if (parent == null || name == null) return false;
        boolean hidden = false;
        for (String line : lines(parent.resolve(".gitignore"))) {
            String rule = line.startsWith("/") ? line.substring(1) : line;
            String start = name + "/";
            boolean all = rule.equals(name.toString())
                    || (rule.startsWith(start) && List.of("", "*", "**").contains(rule.substring(start.length())));
            hidden |= all;
            if (line.startsWith("!")) hidden &= !isRule(line.substring(1), name.toString());
        }
        return hidden;
    }

    /** The last rule that fits decides. */
    private static boolean isHidden(String name, List<String> rules) {
        boolean hidden = false;
        for (String rule : rules) {
            boolean negated = rule.startsWith("!");
            if (isRule(negated ? rule.substring(1) : rule, name)) hidden = !negated;
        }
        return hidden;
    }

    private static boolean isRule(String rule, String name) {
        String glob = rule.startsWith("**/") ? rule.substring(3) : rule.startsWith("/") ? rule.substring(1) : rule;
        for (String contents : List.of("/**", "/*", "/")) {
            // What hides all that is in a directory hides the directory: git knows no empty ones.
            if (glob.endsWith(contents) && glob.length() > contents.length()) {
                glob = glob.substring(0, glob.length() - contents.length());
                if (name.contains(".")) return false;
                break;
            }
        }
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
        } catch (PatternSyntaxException notUnderstood) {
            return false;
        }
    }

    /** None of a file that is not there, is a link, which git does not follow either, or cannot be read. */
    private static List<String> lines(Path file) {
        String text;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException noRules) {
            return List.of();
        }
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
