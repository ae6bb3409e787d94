package io.trails.dagger.internal.files;

import io.trails.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * Brings what came out of a container into a workspace: exactly that, never through a link, and never over what a user
 * did meanwhile. Everything is recorded in the store first, so a crash at any point leaves it there. Thread-safe.
 *
 * <p>No system replaces a file on the condition that nobody touched it, so what a user saves between the last look at a file and
 * the call that replaces it, which follows at once, is not seen. A file that is removed is looked at once more after it was
 * moved out, and put back.
 */
public final class HostApplier {
    private final Path root;
    private final PendingStore store;

    /** @param root the workspace */
    public HostApplier(Path root, PendingStore store) {
        this.root = root;
        this.store = store;
    }

    /**
     * Records the arrival, and applies it and what else is pending. Costs as much as is pending, whatever the size of the
     * workspace.
     *
     * @param base what the session's container started from
     * @return with what the arrival refused among the refusals
     */
    public Applied apply(Arrival arrival, Manifest base, Mode mode) {
        if (store.isEmpty()) return applyOver(arrival, base, mode);
        // What a crash or a full disk stopped is finished first, as what arrives was made after it.
        Applied first = store.applyAll(root, mode);
        return join(first, applyOver(arrival, base.with(first), mode));
    }

    private Applied applyOver(Arrival arrival, Manifest base, Mode mode) {
        Applied applied = store.applyAll(root, mode, store.record(arrival, base, false));
        if (arrival.refused().isEmpty()) return applied;
        var refusals = new ArrayList<>(arrival.refused());
        refusals.addAll(applied.refusals());
        return new Applied(applied.changes(), applied.conflicts(), refusals, applied.stamps(), applied.gone());
    }

    private static Applied join(Applied first, Applied last) {
        var changes = new TreeMap<String, Change>();
        for (Change change : first.changes()) changes.put(change.path(), change);
        for (Change change : last.changes()) changes.merge(change.path(), change, HostApplier::both);
        var stamps = new HashMap<>(first.stamps());
        stamps.keySet().removeAll(last.gone());
        stamps.putAll(last.stamps());
        var gone = new HashSet<>(first.gone());
        gone.removeAll(last.stamps().keySet());
        gone.addAll(last.gone());
        return new Applied(List.copyOf(changes.values()), last.conflicts(), last.refusals(), stamps, gone);
    }

    private static Change both(Change first, Change last) {
        boolean added = first.kind() == Change.Kind.ADDED && last.kind() != Change.Kind.DELETED;
        return added ? first : last;
    }
}
