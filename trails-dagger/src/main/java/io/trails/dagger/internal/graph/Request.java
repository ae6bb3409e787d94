package io.trails.dagger.internal.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks for several leaves at once. What several of them have in common on their way is said, and done, once. */
public final class Request {
    private Request() {}

    /**
     * Puts a request in the words of a dialect.
     *
     * @param dialect that the engine speaks
     * @param leaves at least one; the same one twice is asked for once
     */
    public static Document of(Dialect dialect, Leaf<?>... leaves) {
        if (leaves.length == 0) throw new IllegalArgumentException("A request needs a leaf");
        var root = new Selection();
        Map<Chain, List<String>> places = new HashMap<>();
        for (Leaf<?> leaf : leaves) places.put(leaf.chain(), List.copyOf(root.add(leaf.chain(), dialect)));
        var text = new QueryText();
        root.write(text, dialect);
        return new Document(text.query(), text.variables(), places);
    }
}
