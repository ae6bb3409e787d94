package io.trails.internal.host;

import io.trails.internal.host.cgroup.SessionGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes that belong together: those started with a mark in their environment, wherever they went since, and those
 * that cleared their environment but are still the child, the group or the session of one of them. Thread-safe.
 *
 * <p>Without a control group, what escapes is a program that clears its environment, starts a session of its own and loses its parent, all before
 * anyone looked; once seen, a member stays one.
 */
final class ProcessFamily {
    /** A program shows its environment only after it was started, so a younger process may yet turn out to be ours. */
    private static final long SETTLED_MILLIS = 1_000;

    private static final long RECENT_NANOS = 5_000_000_000L;

    private final ProcessTable table;
    private final String variable;
    private final String mark;
    private final List<SessionGroup> groups;
    private final long self = ProcessHandle.current().pid();

    /** Pid to start time of the members seen. */
    private final Map<Long, Long> members = new ConcurrentHashMap<>();

    /** Those seen long enough after their start to say that they are no members. */
    private final Set<Long> strangers = ConcurrentHashMap.newKeySet();

    private volatile long lastScanNanos = System.nanoTime() - RECENT_NANOS;

    ProcessFamily(ProcessTable table, String variable, String mark) {
        this(table, variable, mark, List.of());
    }

    /** With control groups, whoever is in one belongs to them as well. */
    ProcessFamily(ProcessTable table, String variable, String mark, List<SessionGroup> groups) {
        this.groups = List.copyOf(groups);
        this.table = table;
        this.variable = variable;
        this.mark = mark;
    }

    /** Makes a process a member whatever its environment says. */
    void adopt(long pid) {
        table.find(pid).ifPresent(entry -> members.put(pid, entry.start()));
    }

    /** Everyone alive, found afresh: what a kill needs. */
    List<ProcessEntry> living() {
        strangers.clear();
        return scan();
    }

    /**
     * Whether anybody lives. Stops at the first one; who cleared his environment is looked for only when a member seen before
     * has ended.
     */
    boolean isAlive() {
        for (Map.Entry<Long, Long> member : members.entrySet()) {
            Optional<ProcessEntry> entry = table.find(member.getKey());
            if (entry.isPresent()
                    && entry.get().start() == member.getValue()
                    && !entry.get().ended()) return true;
        }
        long[] pids = table.pids();
        // The youngest first: whoever asks has mostly started it lately.
        for (int i = pids.length - 1; i >= 0; i--) {
            long pid = pids[i];
            if (pid == self || !marked(pid)) continue;
            Optional<ProcessEntry> entry = table.find(pid);
            if (entry.isPresent() && isMember(entry.get())) return true;
        }
        return !members.isEmpty() && !living().isEmpty();
    }

    /** Everyone alive of several, found afresh. */
    static List<ProcessEntry> livingIn(List<ProcessFamily> families) {
        var all = new ArrayList<ProcessEntry>();
        for (ProcessFamily one : families) all.addAll(one.living());
        return all;
    }

    /** Everyone alive, without another look at those known to be strangers: cheap enough to repeat. */
    List<ProcessEntry> livingAtAGlance() {
        return scan();
    }

    private List<ProcessEntry> scan() {
        for (SessionGroup group : groups) {
            for (Long pid : group.pids()) {
                strangers.remove(pid);
                adopt(pid);
            }
        }
        Set<Long> knownBefore = Set.copyOf(members.keySet());
        boolean recent = System.nanoTime() - lastScanNanos < RECENT_NANOS;
        var others = new HashMap<Long, ProcessEntry>();
        var found = new HashMap<Long, ProcessEntry>();
        var present = new HashSet<Long>();
        for (long pid : table.pids()) {
            present.add(pid);
            if (pid == self || strangers.contains(pid)) continue;
            ProcessEntry entry = table.find(pid).orElse(null);
            if (entry != null) (isMember(entry) ? found : others).put(pid, entry);
        }
        while (joinRelatives(others, found, recent)) {
            // Each round takes in the children of the last one.
        }
        strangers.retainAll(present);
        for (ProcessEntry entry : others.values()) {
            if (table.ageMillis(entry) >= SETTLED_MILLIS) strangers.add(entry.pid());
        }
        forgetEnded(knownBefore, found);
        lastScanNanos = System.nanoTime();
        var alive = new ArrayList<ProcessEntry>(found.size());
        for (ProcessEntry entry : found.values()) {
            if (!entry.ended()) alive.add(entry);
        }
        return alive;
    }

    private boolean isMember(ProcessEntry entry) {
        Long known = members.get(entry.pid());
        if (known != null && known == entry.start()) return true;
        if (known != null) members.remove(entry.pid(), known);
        if (entry.ended() || !marked(entry.pid())) return false;
        members.put(entry.pid(), entry.start());
        return true;
    }

    private boolean marked(long pid) {
        Optional<String> value = table.variable(pid, variable);
        return value.isPresent() && Marks.contains(value.get(), mark);
    }

    private boolean joinRelatives(Map<Long, ProcessEntry> others, Map<Long, ProcessEntry> found, boolean recent) {
        var joined = new ArrayList<ProcessEntry>();
        for (ProcessEntry entry : others.values()) {
            boolean related = found.containsKey(entry.parent())
                    || leads(entry.session(), found, recent)
                    || leads(entry.group(), found, recent);
            if (related) joined.add(entry);
        }
        for (ProcessEntry entry : joined) {
            others.remove(entry.pid());
            found.put(entry.pid(), entry);
            members.put(entry.pid(), entry.start());
        }
        return !joined.isEmpty();
    }

    /**
     * The number of a group or session is not given to a new process while somebody is left in it. So a leader that has
     * ended still stands for its group, but only shortly after it was seen: later the number may be another's.
     */
    private boolean leads(long leader, Map<Long, ProcessEntry> found, boolean recent) {
        return leader > 0 && (found.containsKey(leader) || (recent && members.containsKey(leader)));
    }

    private void forgetEnded(Set<Long> knownBefore, Map<Long, ProcessEntry> found) {
        var needed = new HashSet<>(found.keySet());
        for (ProcessEntry entry : found.values()) {
            needed.add(entry.group());
            needed.add(entry.session());
        }
        for (Long pid : knownBefore) {
            if (!needed.contains(pid)) members.remove(pid);
        }
    }
}
