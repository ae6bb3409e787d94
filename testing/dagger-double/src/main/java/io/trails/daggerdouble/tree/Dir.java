package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A directory: names are single path elements, kept as the bytes they are. Immutable. */
public final class Dir implements Node {

    public static final Dir EMPTY = new Dir(new TreeMap<>(), 0755);

    private final SortedMap<Path, Node> children;
    private final int mode;
    private volatile @Nullable String digest;

    public Dir(SortedMap<Path, Node> children, int mode) {
        this.children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
        this.mode = mode;
    }

    public SortedMap<Path, Node> children() {
        return children;
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public String digest() {
        String known = digest;
        if (known == null) {
            Sha sha = new Sha();
            for (Map.Entry<Path, Node> child : children.entrySet()) {
                sha.add(child.getKey().toString()).add(child.getValue().digest());
            }
            known = "d" + mode + ":" + sha.hex();
            digest = known;
        }
        return known;
    }

    /** What lies at a path, links on the way not followed. */
    public Optional<Node> at(Path relative) {
        Node node = this;
        for (Path name : relative) {
            if (isSelf(name)) {
                continue;
            }
            if (!(node instanceof Dir dir)) {
                return Optional.empty();
            }
            Node child = dir.children.get(name);
            if (child == null) {
                return Optional.empty();
            }
            node = child;
        }
        return Optional.of(node);
    }

    /** This directory with what {@code change} makes of the node at a path: a missing one is null, and so is a removed one. */
    public Dir with(Path relative, UnaryOperator<@Nullable Node> change) {
        return with(relative, 0, change);
    }

    public Dir with(Path relative, Node node) {
        return with(relative, ignored -> node);
    }

    public Dir without(Path relative) {
        return at(relative).isEmpty() ? this : with(relative, ignored -> null);
    }

    public Dir withMode(int other) {
        return other == mode ? this : new Dir(children, other);
    }

    private Dir with(Path relative, int depth, UnaryOperator<@Nullable Node> change) {
        Path name = relative.getName(depth);
        Node before = children.get(name);
        Node after;
        if (depth == relative.getNameCount() - 1) {
            after = change.apply(before);
        } else {
            Dir below = before instanceof Dir dir ? dir : EMPTY;
            after = below.with(relative, depth + 1, change);
        }
        if (before == after) {
            return this;
        }
        TreeMap<Path, Node> changed = new TreeMap<>(children);
        if (after == null) {
            changed.remove(name);
        } else {
            changed.put(name, after);
        }
        return new Dir(changed, mode);
    }

    static boolean isSelf(Path name) {
        return name.toString().isEmpty() || name.toString().equals(".");
    }
}
