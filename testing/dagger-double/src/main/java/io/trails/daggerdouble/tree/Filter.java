package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which paths of a tree are taken: what the include patterns name, if there are any, without what the exclude patterns name. */
public final class Filter {

    public static final Filter ALL = new Filter(List.of(), List.of());

    private final Patterns include;
    private final Patterns exclude;

    public Filter(List<String> include, List<String> exclude) {
        this.include = new Patterns(include);
        this.exclude = new Patterns(exclude);
    }

    State enter(State parent, String path, boolean isDirectory) {
        BitSet included = include.matches(path, parent.included());
        BitSet excluded = exclude.matches(path, parent.excluded());
        boolean out = !exclude.isEmpty() && exclude.decide(excluded);
        boolean in = include.isEmpty() || include.decide(included);
        return new State(included, excluded, in && !out, isDirectory && (!out || exclude.hasExceptions()));
    }

    /** The part of a tree that is taken; directories stay where something in them does. */
    public Dir of(Dir tree) {
        return include.isEmpty() && exclude.isEmpty() ? tree : of(tree, Path.of(""), State.ROOT);
    }

    private Dir of(Dir dir, Path at, State state) {
        TreeMap<Path, Node> kept = new TreeMap<>();
        for (Map.Entry<Path, Node> child : dir.children().entrySet()) {
            Path path = at.resolve(child.getKey());
            Node node = child.getValue();
            State below = enter(state, path.toString(), node instanceof Dir);
            if (node instanceof Dir inner && (below.taken() || below.mayHoldTaken())) {
                Dir rest = of(inner, path, below);
                if (below.taken() || !rest.children().isEmpty()) {
                    kept.put(child.getKey(), rest);
                }
            } else if (below.taken()) {
                kept.put(child.getKey(), node);
            }
        }
        return new Dir(kept, dir.mode());
    }

    /**
     * Where a path stands.
     *
     * @param included the include patterns that match it or something above it
     * @param mayHoldTaken whether something below may be taken though it isn't
     */
    record State(BitSet included, BitSet excluded, boolean taken, boolean mayHoldTaken) {
        static final State ROOT = new State(new BitSet(), new BitSet(), true, true);
    }
}
