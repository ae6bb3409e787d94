package io.trails.dagger.internal.files;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which files of a session could not be had from its container, and are its work nevertheless. What arrives at such a path, or is
 * removed there, settles it. Durable. Thread-safe, also between processes.
 */
public final class WithheldFiles {
    private final Generations index;

    WithheldFiles(Generations index) {
        this.index = index;
    }

    /** Whether the session is to have anything that the host has not. */
    public boolean isEmpty() {
        return index.read().withheld().isEmpty();
    }

    /** What a container still has. */
    public Set<String> paths() {
        return paths(entry -> !entry.lost());
    }

    /** What no container has any more. */
    public Set<String> lost() {
        return paths(Withheld::lost);
    }

    private Set<String> paths(Predicate<Withheld> which) {
        var paths = new TreeSet<String>();
        index.read().withheld().forEach((path, entry) -> {
            if (which.test(entry)) paths.add(path);
        });
        return paths;
    }

    /**
     * These could not be had.
     *
     * @param paths directories may end with '/'
     * @param base what the session's container started from
     */
    public void add(Collection<String> paths, Manifest base) {
        var plain = new TreeSet<String>();
        for (String path : paths) plain.add(Arrival.plain(path));
        if (paths().containsAll(plain)) return;
        var unused = index.update(true, now -> {
            var all = new TreeMap<>(now.withheld());
            for (String path : plain) all.put(path, new Withheld(before(now, path, base), false));
            return now.withheld(all);
        });
    }

    /** What the workspace had when the session began to differ from it. */
    private static Optional<FileStamp> before(PendingIndex now, String path, Manifest base) {
        Withheld known = now.withheld().get(path);
        if (known != null && !known.lost()) return known.base();
        Pending pending = now.entries().get(path);
        return pending != null ? pending.base() : base.get(path);
    }

    /** The container that had these has them no more, or the host has them too. */
    public void drop(Collection<String> paths) {
        if (paths.isEmpty()) return;
        var unused = index.update(true, now -> {
            var all = new TreeMap<>(now.withheld());
            all.keySet().removeAll(paths);
            return now.withheld(all);
        });
    }

    /**
     * The container is gone.
     *
     * @return what it had alone
     */
    public Set<String> lose() {
        Set<String> gone = paths();
        if (gone.isEmpty()) return gone;
        var unused = index.update(true, now -> {
            var all = new TreeMap<>(now.withheld());
            for (String path : gone) all.computeIfPresent(path, (same, entry) -> new Withheld(entry.base(), true));
            return now.withheld(all);
        });
        return gone;
    }
}
