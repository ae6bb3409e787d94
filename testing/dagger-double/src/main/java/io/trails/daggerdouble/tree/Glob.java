package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Lists what is in a directory; names of directories end with a slash. */
public final class Glob {

    private Glob() {}

    public static List<String> entries(Dir dir) {
        return dir.children().entrySet().stream()
                .map(child -> named(child.getKey().toString(), child.getValue()))
                .toList();
    }

    public static List<String> matches(Dir dir, String pattern) {
        Patterns patterns = new Patterns(List.of(pattern));
        List<String> found = new ArrayList<>();
        collect(dir, Path.of(""), patterns, found);
        return found;
    }

    /** The paths that a path with wildcards in its names matches. */
    static List<Path> paths(Dir dir, Path pattern) {
        List<Path> found = new ArrayList<>();
        paths(dir, Path.of(""), pattern, found);
        return found;
    }

    private static void paths(Dir dir, Path at, Path pattern, List<Path> found) {
        int depth = at.toString().isEmpty() ? 0 : at.getNameCount();
        Patterns name = new Patterns(List.of(pattern.getName(depth).toString()));
        dir.children().forEach((child, node) -> {
            if (!name.decide(name.matches(child.toString(), new BitSet()))) {
                return;
            }
            Path path = at.resolve(child);
            if (depth == pattern.getNameCount() - 1) {
                found.add(path);
            } else if (node instanceof Dir below) {
                paths(below, path, pattern, found);
            }
        });
    }

    private static void collect(Dir dir, Path at, Patterns patterns, List<String> found) {
        dir.children().forEach((name, node) -> {
            Path path = at.resolve(name);
            if (patterns.decide(patterns.matches(path.toString(), new BitSet()))) {
                found.add(named(path.toString(), node));
            }
            if (node instanceof Dir below) {
                collect(below, path, patterns, found);
            }
        });
    }

    private static String named(String path, Node node) {
        return node instanceof Dir ? path + "/" : path;
    }
}
