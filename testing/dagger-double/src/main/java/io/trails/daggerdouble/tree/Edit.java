package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Changes of a tree at paths of it, as a container's file system takes them: links on the way are followed. */
public final class Edit {

    private Edit() {}

    /** Puts a file at a path; into the directory of its name if there is one or the path ends like one. */
    public static Dir file(Dir tree, Path at, String name, boolean inside, Node.Regular file) {
        Path to = Paths.follow(tree, at, true);
        boolean into = inside || to.toString().isEmpty() || tree.at(to).orElse(null) instanceof Dir;
        return tree.with(into ? to.resolve(name) : to, file);
    }

    /** Lays a directory over what is at a path; where a directory meets a link, it goes where that leads. */
    public static Dir directory(Dir tree, Path at, Dir source) {
        Path to = Paths.follow(tree, at, true);
        Map<Path, Dir> behindLinks = new LinkedHashMap<>();
        Dir laid = to.toString().isEmpty()
                ? merge(tree, source, to, behindLinks)
                : tree.with(to, old -> old instanceof Dir below ? merge(below, source, to, behindLinks) : source);
        for (Map.Entry<Path, Dir> one : behindLinks.entrySet()) {
            laid = directory(laid, one.getKey(), one.getValue());
        }
        return laid;
    }

    /** Removes what a path names or, where there is an asterisk in it, all that it matches. */
    public static Dir without(Dir tree, Path at) {
        if (at.toString().isEmpty()) {
            throw new IllegalArgumentException("the root can't be removed");
        }
        if (at.toString().indexOf('*') < 0) {
            return tree.without(Paths.follow(tree, at, false));
        }
        Dir rest = tree;
        for (Path match : Glob.paths(tree, at)) {
            rest = rest.without(match);
        }
        return rest;
    }

    private static Dir merge(Dir base, Dir over, Path at, Map<Path, Dir> behindLinks) {
        if (base == over || base.children().isEmpty()) {
            return over;
        }
        TreeMap<Path, Node> merged = new TreeMap<>(base.children());
        for (Map.Entry<Path, Node> child : over.children().entrySet()) {
            Path path = at.resolve(child.getKey());
            Node old = merged.get(child.getKey());
            if (old instanceof Node.Link && child.getValue() instanceof Dir now) {
                behindLinks.put(path, now);
            } else if (old instanceof Dir from && child.getValue() instanceof Dir now) {
                merged.put(child.getKey(), merge(from, now, path, behindLinks));
            } else {
                merged.put(child.getKey(), child.getValue());
            }
        }
        return new Dir(merged, over.mode());
    }
}
