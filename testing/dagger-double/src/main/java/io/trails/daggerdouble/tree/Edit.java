package io.trails.daggerdouble.tree;

import java.nio.file.Path;
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

    /** Lays a directory over what is at a path. */
    public static Dir directory(Dir tree, Path at, Dir source) {
        Path to = Paths.follow(tree, at, true);
        if (to.toString().isEmpty()) {
            return merge(tree, source);
        }
        return tree.with(to, old -> old instanceof Dir below ? merge(below, source) : source);
    }

    /** Removes what a path or, with wildcards, a pattern names. */
    public static Dir without(Dir tree, Path at) {
        if (at.toString().isEmpty()) {
            return Dir.EMPTY;
        }
        return tree.without(Paths.follow(tree, at, false));
    }

    private static Dir merge(Dir base, Dir over) {
        if (base == over || base.children().isEmpty()) {
            return over;
        }
        TreeMap<Path, Node> merged = new TreeMap<>(base.children());
        for (Map.Entry<Path, Node> child : over.children().entrySet()) {
            merged.merge(
                    child.getKey(),
                    child.getValue(),
                    (old, now) -> old instanceof Dir from && now instanceof Dir to ? merge(from, to) : now);
        }
        return new Dir(merged, over.mode());
    }
}
