package io.trails.internal.host.cgroup;

import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where sessions may have control groups, and which limits those keep. Immutable. Found by reading a few files; nothing is
 * tried out.
 *
 * <p>trails takes the group that the settings name. Without one it takes the group around this JVM's own, if somebody has
 * prepared it: one that may be written, hands on controllers already, and is not run by systemd. It never moves
 * the JVM, and of groups it did not make it changes only which controllers the named one hands on.
 */
public final class Delegation {
    private static final String HOW =
            "start the host in a delegated control group, or name one with 'cgroup_parent'; docs/settings.md says how";

    private final Optional<Hierarchy> hierarchy;
    private final Optional<Group> parent;
    private final boolean named;
    private final Set<Kind> kinds;
    private final Reason obstacle;

    private Delegation(
            Optional<Hierarchy> hierarchy, Optional<Group> parent, boolean named, Set<Kind> kinds, Reason obstacle) {
        this.hierarchy = hierarchy;
        this.parent = parent;
        this.named = named;
        this.kinds = Set.copyOf(kinds);
        this.obstacle = obstacle;
    }

    private static Delegation none(Optional<Hierarchy> hierarchy, String code, String message, String remedy) {
        Reason obstacle = Reason.of(code, message, remedy);
        return new Delegation(hierarchy, Optional.empty(), false, Set.of(), obstacle);
    }

    /**
     * Looks around.
     *
     * @param proc the process file system
     * @param named the group that the settings name
     */
    public static Delegation find(Path proc, Optional<Path> named) {
        Optional<Hierarchy> hierarchy = Hierarchy.of(proc);
        if (hierarchy.isEmpty()) {
            return none(
                    hierarchy,
                    "cgroup.absent",
                    "this system shows no control groups of version 2",
                    "use Linux with the unified hierarchy mounted");
        }
        return named.isPresent() ? atNamed(hierarchy.get(), named.get()) : around(hierarchy.get());
    }

    private static Delegation atNamed(Hierarchy hierarchy, Path named) {
        Optional<Hierarchy> seen = Optional.of(hierarchy);
        String it = "control group " + named + ", named by 'cgroup_parent',";
        Path real;
        try {
            real = named.toRealPath();
        } catch (IOException missing) {
            return none(
                    seen,
                    "cgroup.parent-missing",
                    it + " does not exist",
                    "create it (it does not outlive a reboot) or correct the setting");
        }
        var group = new Group(real);
        if (!real.startsWith(hierarchy.mount()) || !group.exists()) {
            return none(
                    seen,
                    "cgroup.parent-foreign",
                    it + " is none of version 2, which is mounted at " + hierarchy.mount(),
                    "name a directory below that");
        }
        if (!group.isDomain()) {
            return none(seen, "cgroup.parent-threaded", it + " is threaded", "name one of type 'domain'");
        }
        if (!group.mayHaveChildren()) {
            return none(
                    seen,
                    "cgroup.parent-read-only",
                    it + " cannot be written by this user",
                    "have the directory, cgroup.procs and cgroup.subtree_control in it given to the user of the host");
        }
        Path gate = hierarchy.gate(real);
        if (!Files.isWritable(gate.resolve("cgroup.procs"))) {
            return none(
                    seen,
                    "cgroup.parent-unreachable",
                    it + " cannot be entered from " + hierarchy.own().orElse(hierarchy.mount())
                            + ": for that this user would have to be allowed to write " + gate,
                    "start the host in a group below " + named);
        }
        return handingOn(hierarchy, group, true);
    }

    private static Delegation around(Hierarchy hierarchy) {
        Optional<Hierarchy> seen = Optional.of(hierarchy);
        if (hierarchy.own().isEmpty()) {
            return none(seen, "cgroup.hidden", "the control group of this JVM is not below " + hierarchy.mount(), HOW);
        }
        Path own = hierarchy.own().get();
        var group = new Group(own);
        // A group with processes, such as this JVM's, hands on no controllers; only the machine's first one may.
        if (!group.isFirst()) {
            Path above = own.equals(hierarchy.mount()) ? null : own.getParent();
            if (above == null || isUnit(own) || isSlice(above)) return notDelegated(hierarchy, own);
            group = new Group(above);
            if (group.isFirst()) return notDelegated(hierarchy, own);
        }
        if (!group.isDomain() || !group.mayHaveChildren()) return notDelegated(hierarchy, own);
        return handingOn(hierarchy, group, false);
    }

    /** What a unit of systemd lies in belongs to systemd, even where this user could write to it. */
    private static boolean isUnit(Path group) {
        String name = String.valueOf(group.getFileName());
        return name.endsWith(".service") || name.endsWith(".scope") || name.endsWith(".slice");
    }

    private static boolean isSlice(Path group) {
        return String.valueOf(group.getFileName()).endsWith(".slice");
    }

    private static Delegation notDelegated(Hierarchy hierarchy, Path own) {
        return none(
                Optional.of(hierarchy),
                "cgroup.not-delegated",
                "nobody has delegated the surroundings of this JVM's control group " + own,
                HOW);
    }

    private static Delegation handingOn(Hierarchy hierarchy, Group group, boolean named) {
        boolean more = named && group.mayEnable();
        var kinds = EnumSet.noneOf(Kind.class);
        for (Controller controller : Controller.values()) {
            String name = controller.kernelName();
            if (group.enabled().contains(name) || (more && group.available().contains(name))) {
                kinds.add(controller.kind());
            }
        }
        String busy = named && !more && group.hasProcesses()
                ? ": the kernel allows that only while it has no processes of its own"
                : "";
        Reason missing = Reason.of(
                "cgroup.controller-missing",
                "control group " + group.path() + " does not hand on the controller for it" + busy,
                busy.isEmpty()
                        ? "have 'cpu', 'memory' and 'pids' enabled in its cgroup.subtree_control; docs/settings.md says how"
                        : "start the host in a group below it; docs/settings.md says how");
        return new Delegation(Optional.of(hierarchy), Optional.of(group), named, kinds, missing);
    }

    /** For a session whose plan counts on a group for these limits, and for no others, whatever can be had by now. */
    public Delegation onlyFor(Set<Kind> planned, Limits limits) {
        Reason unplanned = planned.containsAll(kept(limits))
                ? obstacle
                : Reason.of("cgroup.unplanned", "the session was planned without one", "open the session anew");
        return new Delegation(hierarchy, parent, named, planned, unplanned);
    }

    /** Whether a session's group would keep that limit. */
    public boolean keeps(Kind kind) {
        return kinds.contains(kind);
    }

    /** Why a limit is not kept. */
    public Reason obstacle() {
        return obstacle;
    }

    /** The group in which those of sessions are made. */
    public Optional<Path> parent() {
        return parent.isPresent() ? Optional.of(parent.get().path()) : Optional.empty();
    }

    /** The limits that a session's group would keep. */
    public Set<Kind> kept(Limits limits) {
        var kept = EnumSet.noneOf(Kind.class);
        for (Kind kind : limits.asMap().keySet()) {
            if (keeps(kind)) kept.add(kind);
        }
        return kept;
    }

    /** Whether a child of this JVM may enter a group that is there. */
    boolean mayEnter(Path group) {
        if (hierarchy.isEmpty() || !group.startsWith(hierarchy.get().mount())) return false;
        return Files.isWritable(group.resolve("cgroup.procs"))
                && Files.isWritable(hierarchy.get().gate(group).resolve("cgroup.procs"));
    }

    /** Has the controllers for these limits handed on, where the settings name the group. */
    void enable(Set<Kind> wanted) throws IOException {
        if (!named || parent.isEmpty()) return;
        Group group = parent.get();
        for (Controller controller : Controller.values()) {
            boolean enabled = group.enabled().contains(controller.kernelName());
            if (!enabled && wanted.contains(controller.kind())) {
                group.write("cgroup.subtree_control", "+" + controller.kernelName());
            }
        }
    }
}
