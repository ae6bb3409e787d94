package io.trails.daggerdouble.graph;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What made the layers that lie on each other, as an engine writes it into archives of images. Immutable. */
final class History {
    static final History NONE = new History(null, "", 0);

    /** How many layers there are. */
    final int depth;

    private final @Nullable History below;
    private final String createdBy;

    private History(@Nullable History below, String createdBy, int depth) {
        this.below = below;
        this.createdBy = createdBy;
        this.depth = depth;
    }

    static History of(String createdBy) {
        return NONE.and(createdBy);
    }

    /** The same with a layer on top. */
    History and(String createdBy) {
        return new History(this, createdBy, depth + 1);
    }

    /** The lowest first. */
    List<String> layers() {
        var all = new ArrayDeque<String>();
        for (History one = this; one.below != null; one = one.below) all.addFirst(one.createdBy);
        return List.copyOf(all);
    }
}
