package io.trails.dagger.internal.files;

import java.util.Optional;
import java.util.Set;

/** What the host had at some moment, path by path. Immutable. */
public final class Manifest {
    public static Manifest empty() {
        return new Manifest();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public Optional<FileStamp> get(String path) {
        throw new UnsupportedOperationException();
    }

    /** In the order of their names. */
    public Set<String> paths() {
        throw new UnsupportedOperationException();
    }

    /** What the user did between this manifest and a later one. */
    public HostDelta compare(Manifest now) {
        throw new UnsupportedOperationException();
    }

    /** This manifest after what was applied. Costs as much as was applied, not as much as there is. */
    public Manifest with(Applied applied) {
        throw new UnsupportedOperationException();
    }

    /** This manifest where the given paths are as in the other one, for what was uploaded meanwhile. */
    public Manifest with(Manifest now, HostDelta uploaded) {
        throw new UnsupportedOperationException();
    }
}
