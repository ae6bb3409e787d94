package io.trails.dagger.internal.files;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Copies of what is pending, for others. What is not whole any more is never taken for what it was. Immutable. */
final class PendingCopies {
    private final Path store;
    private final Arrivals arrivals;

    PendingCopies(Path store) {
        this.store = store;
        this.arrivals = new Arrivals(store);
    }

    /** Lays over a host's files what is whole, and answers what goes before, with '/' at its end for a directory. */
    List<String> overlay(Collection<Pending> entries, Path copy) {
        var removed = new ArrayList<String>();
        var whole = new ArrayList<Pending>();
        for (Pending entry : entries) {
            if (isTorn(entry)) {
                // A container can be made without it, and whoever applies what is pending is told.
                LoggerFactory.getLogger(PendingCopies.class)
                        .warn("The session's version of {} in {} is not whole any more", entry.path(), store);
                continue;
            }
            whole.add(entry);
            // What has another type now is removed before it comes.
            boolean replaced = entry.base().isPresent()
                    && !entry.base().map(FileStamp::type).equals(entry.wanted());
            if (replaced) removed.add(entry.before());
        }
        new OverlayCopy(store, copy).copy(whole);
        return removed;
    }

    /** Changes a copy of the workspace into what the session sees. */
    void export(Collection<Pending> entries, Path copy) {
        for (Pending entry : entries) {
            if (!isTorn(entry)) continue;
            throw new TrailsException(
                    "dagger.export-failed",
                    "The session's version of " + entry.path() + " in " + arrivals.file(entry)
                            + " is not whole any more; make the file again in the session");
        }
        var overlay = new OverlayCopy(store, copy);
        overlay.remove(Landing.inOrder(entries));
        overlay.copy(entries);
    }

    private boolean isTorn(Pending entry) {
        try {
            return arrivals.isTorn(entry);
        } catch (IOException unreadable) {
            throw new TrailsException(
                    "dagger.pending-unusable",
                    "What is pending in " + store + " could not be read: " + unreadable
                            + "; repair the directory, nothing in it is lost",
                    unreadable);
        }
    }
}
