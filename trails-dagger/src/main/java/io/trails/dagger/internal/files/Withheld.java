package io.trails.dagger.internal.files;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A file of which a container has the session's version, and the host none. Immutable.
 *
 * @param base what was there in the workspace when the session began to differ; empty if nothing was
 * @param holders who has a container with such a version, as {@link Owner} names them
 * @param lost whether nobody has, so that only the session can make it again
 */
record Withheld(Optional<FileStamp> base, Set<String> holders, boolean lost) {
    Withheld {
        Objects.requireNonNull(base, "base");
        holders = Set.copyOf(holders);
    }

    static Withheld by(String holder, Optional<FileStamp> base) {
        return new Withheld(base, Set.of(holder), false);
    }

    boolean isHeldBy(String holder) {
        return holders.contains(holder);
    }

    Withheld and(String holder) {
        var all = new TreeSet<>(holders);
        all.add(holder);
        return new Withheld(base, all, false);
    }

    /** After a holder has ended: it says no more that there is a container, and who looks next finds none. */
    Withheld left(String holder) {
        return new Withheld(base, others(holder, other -> true), lost);
    }

    /** After a holder settled its version; empty unless somebody who lives has another one. */
    Optional<Withheld> settled(String holder) {
        Set<String> others = others(holder, Owner::lives);
        return others.isEmpty() ? Optional.empty() : Optional.of(new Withheld(base, others, lost));
    }

    /** After a holder's container is gone. Who may have one, counts. */
    Withheld gone(String holder) {
        Set<String> others = others(holder, other -> !Owner.isAbandoned(other, ""));
        return new Withheld(base, others, others.isEmpty());
    }

    private Set<String> others(String holder, Predicate<String> which) {
        var others = new TreeSet<String>();
        for (String other : holders) {
            if (!other.equals(holder) && which.test(other)) others.add(other);
        }
        return others;
    }
}
