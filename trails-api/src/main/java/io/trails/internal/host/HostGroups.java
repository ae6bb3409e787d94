package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.internal.host.cgroup.Delegation;
import io.trails.internal.host.cgroup.GroupPlaces;
import io.trails.internal.host.cgroup.SessionGroup;
import io.trails.spi.Plan;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The control groups of the host's sessions: what a plan says of them, and what is done about it. Immutable. */
final class HostGroups {
    static final String PLACE = "group";
    private static final String KEPT = "group-limits";
    private static final String MOVES = "group-moves";

    private final Path proc;

    HostGroups(Path proc) {
        this.proc = proc;
    }

    Delegation delegation(SandboxSettings settings) {
        return Delegation.find(proc, settings.cgroupParent());
    }

    /** The plan with a group for those limits that one can keep here. */
    Plan addTo(Plan plan, String mark, SandboxRequest request) {
        Delegation delegation = delegation(request.settings());
        Set<Kind> kept = delegation.kept(request.limits());
        if (kept.isEmpty()) return plan;
        Path parent = delegation.parent().orElseThrow();
        var names = new ArrayList<String>();
        for (Kind kind : kept) names.add(kind.name());
        return plan.with(PLACE, parent.resolve(SessionGroup.name(mark)).toString())
                .with(KEPT, String.join(",", names))
                .with(MOVES, request.directory().resolve("group-moves").toString());
    }

    /** What a session's plan has in it: only the limits that it names a group for are kept by one. */
    Delegation planned(Plan plan, SandboxRequest request) {
        Set<Kind> kept = HostSandboxProvider.hasGroup(plan) ? kept(plan) : Set.of();
        return delegation(request.settings()).onlyFor(kept, request.limits());
    }

    /** The limits that a planned group is there to keep. */
    static Set<Kind> kept(Plan plan) {
        var kept = EnumSet.noneOf(Kind.class);
        for (String name : plan.get(KEPT).split(",", -1)) kept.add(Kind.valueOf(name));
        return kept;
    }

    /** Makes the planned group or takes it up. */
    GroupVerdict attach(Plan plan, SandboxRequest request) {
        Limits limits = request.limits();
        Set<Kind> kept = kept(plan);
        GroupPlaces places = places(plan);
        Delegation delegation = delegation(request.settings());
        try {
            Optional<SessionGroup> group = places.attach(delegation, limits, kept);
            if (group.isPresent()) return new GroupVerdict(group.get(), limits, kept);
        } catch (IOException e) {
            throw failed(places.planned(), e);
        }
        Reason why = delegation.obstacle();
        throw new TrailsException(
                "host.group-lost",
                "The session's limits " + kept + " were kept by control group " + places.planned()
                        + ", which this host can neither enter nor make again: " + why.message() + "; " + why.remedy());
    }

    private static GroupPlaces places(Plan plan) {
        return new GroupPlaces(Path.of(plan.get(PLACE)), Path.of(plan.get(MOVES)), SessionGroup.name(plan.get("mark")));
    }

    static TrailsException failed(Path group, IOException cause) {
        return new TrailsException(
                "host.group-failed",
                "Control group " + group + " could not be made or given its limits: " + cause
                        + "; see that its parent still is delegated, or drop the limits",
                cause);
    }

    /** The groups of a session that is to be removed. */
    static List<SessionGroup> all(Plan plan) {
        return places(plan).all();
    }

    /** Removes empty groups. */
    static RemovalReport remove(List<SessionGroup> groups) {
        RemovalReport report = RemovalReport.nothing();
        for (SessionGroup group : groups) {
            if (!group.exists()) continue;
            String what = "control group " + group.path();
            report = report.and(
                    group.remove()
                            ? RemovalReport.removed(
                                    what, Reason.of("host.group-removed", "It kept the session's limits"))
                            : RemovalReport.kept(
                                    what,
                                    Reason.of(
                                            "host.group-remains",
                                            "It cannot be removed",
                                            "see who is in it or may write it, and remove the session again")));
        }
        return report;
    }
}
