package io.trails.dagger.internal.files;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which files of a session could not be had from a container, and are its work nevertheless. What arrives at such a path from the
 * container that has it, or is removed there, settles it. Of several containers each counts for itself. Durable. Thread-safe, also
 * between processes.
 */
public final class WithheldFiles {
    private final Generations index;
    private final String holder;

    /** @param holder who asks for one of the containers, as {@link Owner} names it */
    WithheldFiles(Generations index, String holder) {
        this.index = index;
        this.holder = holder;
    }

    /** Whether the session is to have anything that the host has not. */
    public boolean isEmpty() {
        return index.read().withheld().isEmpty();
    }

    /** What a container may still have. */
    public Set<String> paths() {
        return paths(entry -> !entry.lost());
    }

    /** What no container has any more. */
    public Set<String> lost() {
        return paths(Withheld::lost);
    }

    private Set<String> paths(Predicate<Withheld> which) {
        return paths(index.read(), which);
    }

    private static Set<String> paths(PendingIndex index, Predicate<Withheld> which) {
        var paths = new TreeSet<String>();
        index.withheld().forEach((path, entry) -> {
            if (which.test(entry)) paths.add(path);
        });
        return paths;
    }

    /**
     * The holder's container has these, and the host could not have them.
     *
     * @param paths directories may end with '/'
     * @param base what the session's container started from
     */
    public void add(Collection<String> paths, Manifest base) {
        var plain = new TreeSet<String>();
        for (String path : paths) plain.add(Arrival.plain(path));
        if (paths(entry -> entry.isHeldBy(holder)).containsAll(plain)) return;
        var unused = index.update(true, now -> {
            var all = new TreeMap<>(now.withheld());
            for (String path : plain) all.put(path, held(now, path, base));
            return now.withheld(all);
        });
    }

    private Withheld held(PendingIndex now, String path, Manifest base) {
        Withheld known = now.withheld().get(path);
        if (known != null && !known.lost()) return known.and(holder);
        Pending pending = now.entries().get(path);
        return Withheld.by(holder, pending != null ? pending.base() : base.get(path));
    }

    /** The holder's container has all that a container had that has ended. */
    public void takeUp() {
        change(all -> all.replaceAll((path, entry) -> entry.lost() ? entry : entry.and(holder)));
    }

    /** The holder's container has these no more, or the host has them too. */
    public void drop(Collection<String> paths) {
        if (paths.isEmpty()) return;
        change(all -> {
            for (String path : paths) {
                all.computeIfPresent(
                        path, (same, entry) -> entry.settled(holder).orElse(null));
            }
        });
    }

    /**
     * The holder's container is gone.
     *
     * @return what it had alone
     */
    public Set<String> lose() {
        return lose(holder);
    }

    /**
     * Containers of others may be gone.
     *
     * @return what they had alone
     */
    public Set<String> loseAbandoned() {
        return lose("");
    }

    private Set<String> lose(String gone) {
        var before = new TreeSet<String>();
        PendingIndex after = change(all -> {
            before.clear();
            all.replaceAll((path, entry) -> {
                if (entry.lost()) return entry;
                before.add(path);
                return entry.gone(gone);
            });
        });
        before.retainAll(paths(after, Withheld::lost));
        return before;
    }

    /** The holder ends, and its container with it. Whoever looks for that finds out what is lost. */
    public void leave() {
        change(all -> all.replaceAll((path, entry) -> entry.left(holder)));
    }

    private PendingIndex change(Consumer<NavigableMap<String, Withheld>> change) {
        return index.update(true, now -> {
            if (now.withheld().isEmpty()) return now;
            var all = new TreeMap<>(now.withheld());
            change.accept(all);
            return now.withheld(all);
        });
    }

    /**
     * What is withheld when the holder's container becomes what it was once.
     *
     * @param then what was withheld in those days
     */
    NavigableMap<String, Withheld> backTo(NavigableMap<String, Withheld> then, NavigableMap<String, Withheld> now) {
        var all = new TreeMap<>(then);
        all.replaceAll((path, entry) -> entry.lost() ? entry : Withheld.by(holder, entry.base()));
        now.forEach((path, entry) -> entry.settled(holder)
                .ifPresent(others ->
                        all.merge(path, others, (mine, theirs) -> mine.lost() ? theirs : theirs.and(holder))));
        return all;
    }
}
