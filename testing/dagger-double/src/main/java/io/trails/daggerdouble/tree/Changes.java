package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two trees, in an engine's forms: directories end with a slash, files that git would call the same aren't
 * modified, and what lies in a removed directory isn't named.
 */
public final class Changes {

    private final List<String> added = new ArrayList<>();
    private final List<String> modified = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private boolean files;
    private final Dir layer;

    public Changes(Dir before, Dir after) {
        layer = compare("", before, after);
        Collections.sort(added);
        Collections.sort(modified);
        Collections.sort(removed);
    }

    public List<String> added() {
        return added;
    }

    public List<String> modified() {
        return modified;
    }

    public List<String> removed() {
        return removed;
    }

    /** Whether no file differs; directories alone don't count. */
    public boolean isEmpty() {
        return !files;
    }

    /** What was added and modified, in its directories. */
    public Dir layer() {
        return layer;
    }

    private Dir compare(String at, Dir before, Dir after) {
        TreeMap<Path, Node> layered = new TreeMap<>();
        TreeSet<Path> names = new TreeSet<>(before.children().keySet());
        names.addAll(after.children().keySet());
        for (Path name : names) {
            Node old = before.children().get(name);
            Node now = after.children().get(name);
            if (old == now) {
                continue;
            }
            Node changed = compare(at + name, old, now);
            if (changed != null) {
                layered.put(name, changed);
            }
        }
        return new Dir(layered, after.mode());
    }

    private @Nullable Node compare(String path, @Nullable Node old, @Nullable Node now) {
        if (old instanceof Dir from && now instanceof Dir to) {
            Dir below = compare(path + "/", from, to);
            return below.children().isEmpty() && from.mode() == to.mode() ? null : below;
        }
        if (old == null || now == null || old instanceof Dir || now instanceof Dir) {
            if (old != null) {
                files |= holdsFile(old);
                removed.add(old instanceof Dir ? path + "/" : path);
            }
            add(path, now);
            return now;
        }
        if (!sameForGit(old, now)) {
            files = true;
            modified.add(path);
        }
        return old.equals(now) ? null : now;
    }

    private void add(String path, @Nullable Node node) {
        if (node instanceof Dir dir) {
            added.add(path + "/");
            for (Map.Entry<Path, Node> child : dir.children().entrySet()) {
                add(path + "/" + child.getKey(), child.getValue());
            }
        } else if (node != null) {
            files = true;
            added.add(path);
        }
    }

    private static boolean holdsFile(Node node) {
        return !(node instanceof Dir dir) || dir.children().values().stream().anyMatch(Changes::holdsFile);
    }

    private static boolean sameForGit(Node a, Node b) {
        if (a instanceof Node.Regular from && b instanceof Node.Regular to) {
            return (from.mode() & 0100) == (to.mode() & 0100)
                    && from.blob().sha().equals(to.blob().sha());
        }
        return a instanceof Node.Link && a.equals(b);
    }
}
