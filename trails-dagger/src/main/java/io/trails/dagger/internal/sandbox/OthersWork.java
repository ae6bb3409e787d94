package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.files.PendingStore;
import java.util.Set;
import java.util.TreeSet;

/**
 * What commands of other JVMs left pending, where nothing comes back by itself: which of it a container has. Single-threaded, in the
 * session's turn.
 */
final class OthersWork {
    private final SessionContainer container;
    private final PendingStore pending;
    private final boolean none;

    /** Which version of what is pending the container has. */
    private long seen;
    /** What it may have of this one and former ones. */
    private final Set<String> known = new TreeSet<>();
    /** Which one there was when this sandbox began to add to it. */
    private long before;

    OthersWork(SessionContainer container, HostFiles files) {
        this.container = container;
        pending = files.pending();
        none = files.bringsBack();
    }

    /** The container has all that was pending in that version. */
    void isSeen(long version) {
        seen = version;
        if (!none) known.addAll(pending.paths());
    }

    /** This sandbox begins to add to it. */
    void isAddedTo() {
        if (!none) before = pending.version();
    }

    /** This sandbox has added what it had. */
    void isAdded() {
        if (none) return;
        known.addAll(pending.paths());
        if (seen != before) return;
        // One more is what this sandbox has added itself; another JVM's commands may have added theirs.
        long now = pending.version();
        if (now <= before + 1) seen = now;
    }

    /** The container with what others left pending meanwhile, or its next command would replace that unseen. */
    Situation laidInto(Situation now) {
        if (none || pending.version() == seen) return now;
        if (container.isUnsettled()) container.settle();
        Situation mine = container.ready();
        // What has not come out is in the container alone, where the host's files would replace it.
        Set<String> own = container.bringing().own();
        if (container.isUnsettled() && own.isEmpty()) return mine;
        long version = pending.version();
        container.become(container.making(mine.engine()).over(Saved.of(mine), own, known));
        known.clear();
        isSeen(version);
        return container.ready();
    }
}
