package io.trails.internal.host;

import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.internal.host.cgroup.Delegation;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host can do about each limit.
 *
 * @param groups where control groups could be had; absent if no limit asks for one
 */
record LimitMeans(boolean posix, boolean procFs, @Nullable Delegation groups) {
    static LimitMeans ofThisSystem(@Nullable Delegation groups) {
        return new LimitMeans(
                File.separatorChar == '/', ProcessTable.ofThisSystem().readsVariables(), groups);
    }

    List<Enforcement> of(Limits limits, NetworkPolicy network) {
        var answers = new ArrayList<Enforcement>();
        for (Kind kind : limits.asMap().keySet()) answers.add(of(kind));
        if (!(network instanceof NetworkPolicy.Open)) {
            answers.add(new Enforcement(
                    "NETWORK",
                    Level.REFUSED,
                    Reason.of(
                            "host.network-shared",
                            "Processes of the host use the host's network",
                            "use the mode 'container'")));
        }
        return answers;
    }

    private Enforcement of(Kind kind) {
        if (Rlimits.covers(kind)) {
            return posix
                    ? answer(kind, Level.ENFORCED, "limit.rlimit", "The kernel keeps it for every process")
                    : refused(kind, "This system has no limits per process");
        }
        if (kind == Kind.WALL_CLOCK || kind == Kind.DISK) return monitoredAnywhere(kind);
        if (groups != null && groups.keeps(kind)) return byGroup(kind);
        if (LimitWatch.watches(kind)) {
            return procFs ? sampled(kind) : refused(kind, "This system does not show what belongs to a session");
        }
        return new Enforcement(
                kind.name(),
                Level.REFUSED,
                Reason.of(
                        "limit.impossible",
                        "The host shares its processors without a quota per session" + noGroup(),
                        otherwise("use the mode 'container', or drop it")));
    }

    private static Enforcement byGroup(Kind kind) {
        String means = "The kernel keeps it for the session's control group";
        return answer(
                kind,
                Level.ENFORCED,
                "limit.cgroup",
                switch (kind) {
                    case PROCESSES -> means + " and counts threads too; one more is refused";
                    case MEMORY -> means + ", and ends all its processes when they need more";
                    default -> means;
                });
    }

    private Enforcement sampled(Kind kind) {
        String means = "The session's processes are looked at every 250 ms";
        String reach = kind == Kind.PROCESSES ? "; that stops an accident, not a deliberate fork bomb" : "";
        return new Enforcement(
                kind.name(),
                Level.MONITORED,
                Reason.of("limit.sampled", means + reach + noGroup(), groups == null ? "" : otherwise("")));
    }

    private String noGroup() {
        return groups == null
                ? ""
                : ". No control group keeps it: " + groups.obstacle().message();
    }

    /** What would get a control group, before what would do without. */
    private String otherwise(String without) {
        String with = groups == null
                ? ""
                : "to have it enforced, " + groups.obstacle().remedy();
        return with.isEmpty() || without.isEmpty() ? with + without : with + "; or " + without;
    }

    private Enforcement monitoredAnywhere(Kind kind) {
        return kind == Kind.DISK
                ? answer(kind, Level.MONITORED, "limit.sampled", "The session's files are measured again and again")
                : answer(
                        kind,
                        Level.MONITORED,
                        "limit.deadline",
                        procFs
                                ? "Commands are ended at their deadline, what runs in the background soon after it"
                                : "Commands are ended at their deadline; what they leave in the background is not found");
    }

    private static Enforcement answer(Kind kind, Level level, String code, String message) {
        return new Enforcement(kind.name(), level, Reason.of(code, message));
    }

    private static Enforcement refused(Kind kind, String why) {
        return new Enforcement(
                kind.name(), Level.REFUSED, Reason.of("limit.impossible", why, "use the mode 'container', or drop it"));
    }
}
