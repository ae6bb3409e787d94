package io.trails.dagger.internal.files;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An index at some moment. Immutable.
 *
 * @param number grows with each change
 * @param durable the last generation that is sure to outlive a power cut; 0 before there is one
 * @param changes which changes led here, without those of long ago
 */
record Generation(long number, long durable, List<UUID> changes, PendingIndex index) {
    /** More than others can make while one that was stopped goes on. */
    private static final int REMEMBERED = 16;

    Generation {
        changes = List.copyOf(changes);
    }

    static Generation none() {
        return new Generation(0, 0, List.of(), PendingIndex.empty());
    }

    /** The one that follows, whether or not it is sure to outlive a power cut. */
    Generation next(UUID change, PendingIndex next, boolean sure) {
        var all = new ArrayList<>(changes.subList(Math.max(changes.size() - REMEMBERED + 1, 0), changes.size()));
        all.add(change);
        return new Generation(number + 1, sure ? number + 1 : durable, all, next);
    }

    /** The same after others that a power cut tore. */
    Generation after(long torn) {
        return new Generation(torn, durable, changes, index);
    }
}
