package io.trails.dagger.internal.files;

import io.trails.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what would become of pending files if all of them were applied, or none. Changes nothing. Single-threaded. */
final class Foresight {
    private final Path root;
    private final Path store;

    Foresight(Path root, Path store) {
        this.root = root;
        this.store = store;
    }

    /** What {@link Landing#allOrNothing} would answer now. */
    Applied of(Collection<Pending> entries) throws IOException {
        var tally = new Tally();
        try (var way = new FolderWay(root)) {
            var judge = new Judge(root, store, way, new OtherNames());
            for (Pending entry : Landing.inOrder(entries)) {
                try {
                    count(tally, entry, judge.foresee(entry));
                } catch (IOException failed) {
                    tally.refuse(entry, failed);
                }
            }
        }
        Applied all = tally.toApplied();
        List<Change> changes = all.isComplete() ? all.changes() : List.of();
        return new Applied(changes, all.conflicts(), all.refusals(), Map.of(), Set.of());
    }

    private static void count(Tally tally, Pending entry, Verdict verdict) {
        switch (verdict.kind()) {
            case CONFLICT -> tally.conflict(entry, verdict);
            case MODE -> tally.changed(entry, Change.Kind.MODE_CHANGED, Optional.empty());
            case APPLY -> tally.changed(entry, Landing.kind(entry, verdict.host()), Optional.empty());
            default -> {
                // Nothing is to be done.
            }
        }
    }
}
