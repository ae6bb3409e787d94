package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import io.trails.internal.host.cgroup.OomCount;
import io.trails.internal.host.cgroup.SessionGroup;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells from the counters of a session's control group which limits the kernel had to keep, each time once. Thread-safe. */
final class GroupVerdict {
    static final String MEMORY = "limit.memory";
    private static final int KILLED = 128 + 9;
    /** While the kernel still ends one process after the other, the counters go on rising. */
    private static final long SAME_KILL_NANOS = 2_000_000_000L;

    private final SessionGroup group;
    private final Limits limits;
    private final Set<Kind> kept;
    private final Object lock = new Object();
    private OomCount told;
    private long toldNanos = System.nanoTime() - SAME_KILL_NANOS;
    private final long forksBefore;
    private final AtomicBoolean forksTold = new AtomicBoolean();

    /** What happened before is no news. */
    GroupVerdict(SessionGroup group, Limits limits, Set<Kind> kept) {
        this.group = group;
        this.limits = limits;
        this.kept = Set.copyOf(kept);
        told = group.oomCount();
        forksBefore = group.refusedForks();
    }

    SessionGroup group() {
        return group;
    }

    boolean keeps(Kind kind) {
        return kept.contains(kind);
    }

    /** The limits that nobody but trails itself can keep. */
    Limits others() {
        Limits.Builder others = Limits.builder();
        limits.asMap().forEach((kind, value) -> {
            if (!keeps(kind)) others.set(kind, value);
        });
        return others.build();
    }

    OomCount now() {
        return group.oomCount();
    }

    /** Whether a command was killed with the rest of the session for the session's memory. */
    Optional<Ending> of(int exitCode, OomCount before) {
        boolean killed = exitCode == KILLED && keeps(Kind.MEMORY) && now().exceeds(before);
        return killed ? Optional.of(Ending.limit(memory())) : Optional.empty();
    }

    private Reason memory() {
        return Reason.of(
                MEMORY,
                "The session needed more memory than the "
                        + limits.get(Kind.MEMORY).orElseThrow() + " bytes allowed; the kernel ended its processes",
                "raise the limit, or let the program use less");
    }

    /** The first to ask after the kernel killed for memory gets a yes, and tells it. */
    boolean claimKill() {
        OomCount now = now();
        synchronized (lock) {
            if (!now.exceeds(told)) return false;
            told = now;
            boolean news = System.nanoTime() - toldNanos >= SAME_KILL_NANOS;
            if (news) toldNanos = System.nanoTime();
            return news;
        }
    }

    /** A kill that nobody has told yet. */
    Optional<Reason> untoldKill() {
        return keeps(Kind.MEMORY) && claimKill() ? Optional.of(memory()) : Optional.empty();
    }

    /** That the kernel refused a process, once: a program that goes on trying would fill every log. */
    Optional<Reason> untoldRefusal() {
        if (!keeps(Kind.PROCESSES) || forksTold.get() || group.refusedForks() <= forksBefore) return Optional.empty();
        if (!forksTold.compareAndSet(false, true)) return Optional.empty();
        return Optional.of(Reason.of(
                "limit.processes",
                "The kernel refused the session another process or thread: "
                        + limits.get(Kind.PROCESSES).orElseThrow() + " are allowed; its processes go on",
                "raise the limit (threads count too), or start fewer at a time"));
    }

    /** Makes the group again if somebody removed it while it was empty. */
    void restore() throws IOException {
        if (!group.exists()) group.create(limits, kept);
    }
}
