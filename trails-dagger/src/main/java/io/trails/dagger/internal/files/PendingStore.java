package io.trails.dagger.internal.files;

import io.trails.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a session has and its workspace has not: changes that wait for a merge, conflicts, and what a crash or a full disk
 * kept from being applied. Durable. Thread-safe, also between processes.
 */
public final class PendingStore {
    /**
     * Opens the store and cleans up after a crash.
     *
     * @param directory private to the session, created if absent
     */
    public static PendingStore open(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** An empty directory for an engine to export into. What is not recorded is thrown away by the next {@link #open}. */
    public Path newStaging() {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps what arrived until it is applied. Takes the files out of the staging directory.
     *
     * @param base what the session's container started from
     */
    public void record(Arrival arrival, Manifest base) {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /** Of which the session has a version of its own. What a user does to these is not uploaded. */
    public Set<String> paths() {
        throw new UnsupportedOperationException();
    }

    /** What would be applied, ordered by path. */
    public List<Change> changes() {
        throw new UnsupportedOperationException();
    }

    /** Applies all that is pending. What is left in the store afterwards is what the answer names. */
    public Applied applyAll(Path root, Mode mode) {
        throw new UnsupportedOperationException();
    }

    /**
     * Copies what is pending into a directory, for an upload that rebuilds a lost container.
     *
     * @param directory empty or absent
     * @return what is removed, with '/' at its end for a directory
     */
    public List<String> overlayInto(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** Changes a copy of the workspace as the session sees it. Nothing leaves the store. */
    public void exportInto(Path copy) {
        throw new UnsupportedOperationException();
    }

    /**
     * Copies what is pending to where it outlives the session, with a list of what is removed.
     *
     * @return what was written
     */
    public List<Path> rescueTo(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** Forgets the session's version of a path, and of what is below it. */
    public void discard(String path) {
        throw new UnsupportedOperationException();
    }
}
