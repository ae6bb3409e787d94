package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What differs from the point the session started from, and how sure that is. Immutable.
 *
 * @param files one entry per file, ordered by path
 * @param caveats what could not be known, such as a folder that could not be read; empty means the list is complete
 * @param standing where its commits stand; empty where there are no commits
 */
public record Changes(List<Change> files, List<Reason> caveats, Optional<Standing> standing) {
    /** Copies the lists. */
    public Changes {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(caveats, "caveats");
        Objects.requireNonNull(standing, "standing");
        files = List.copyOf(files);
        caveats = List.copyOf(caveats);
    }

    /**
     * Changes of files that have no commits.
     *
     * @param files one entry per file, ordered by path
     * @param caveats what could not be known
     */
    public Changes(List<Change> files, List<Reason> caveats) {
        this(files, caveats, Optional.empty());
    }

    /**
     * Whether nothing differs, as far as could be known.
     *
     * @return true if there is no changed file
     */
    public boolean isEmpty() {
        return files.isEmpty();
    }
}
