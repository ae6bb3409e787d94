package io.trails.daggerdouble.tree;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Lays the layers of an image over each other: what a name with a prefix stands for is removed. */
public final class Layers {

    private static final String REMOVED = ".wh.";
    private static final String REPLACED = ".wh..wh..opq";

    private Layers() {}

    public static Dir apply(Dir below, Dir layer) {
        boolean replaced = layer.children().containsKey(Path.of(REPLACED));
        TreeMap<Path, Node> result = new TreeMap<>(replaced ? Map.of() : below.children());
        for (Map.Entry<Path, Node> child : layer.children().entrySet()) {
            String name = child.getKey().toString();
            if (name.startsWith(REMOVED)) {
                result.remove(Path.of(name.substring(REMOVED.length())));
            } else if (child.getValue() instanceof Dir dir) {
                Dir old = result.get(child.getKey()) instanceof Dir known ? known : Dir.EMPTY;
                result.put(child.getKey(), apply(old, dir));
            } else {
                result.put(child.getKey(), child.getValue());
            }
        }
        return new Dir(result, layer.mode());
    }
}
