package io.trails.internal.host.cgroup;

import io.trails.Limits;
import io.trails.Limits.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;

/** The control group of one session. Thread-safe: all its state is the kernel's. */
public final class SessionGroup {
    private static final String PREFIX = "trails-";

    /** Writes 0, which means the writer, and only then becomes the command: nothing of that runs outside the group. */
    private static final String ENTER = """
            { echo 0 > "$1"; } 2>/dev/null || {
              echo "trails: the command was not started, since it could not enter its control group ($1)" >&2
              exit 125
            }
            shift
            exec "$@"
            """;

    private static final long REMOVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Group group;

    /** The group at that place, whether it is there or not. */
    public SessionGroup(Path path) {
        group = new Group(path);
    }

    /** The name of the group of a session, by which trails knows it as its own. */
    public static String name(String mark) {
        return PREFIX + mark;
    }

    public Path path() {
        return group.path();
    }

    public boolean exists() {
        return group.exists();
    }

    /**
     * Makes it, unless it is there, and sets its limits. What fails leaves nothing new behind.
     *
     * @param limits have a value for each of the kinds
     */
    public void create(Limits limits, Set<Kind> kinds) throws IOException {
        boolean fresh = make();
        try {
            GroupValues.write(group, limits, kinds);
        } catch (IOException failed) {
            if (fresh && !group.path().toFile().delete()) failed.addSuppressed(new IOException("It stays: " + path()));
            throw failed;
        }
    }

    private boolean make() throws IOException {
        try {
            Files.createDirectory(group.path());
            return true;
        } catch (FileAlreadyExistsException before) {
            return false;
        }
    }

    /** What to put before a command so that it runs inside. It ends with 125 if it cannot. */
    public List<String> entry() {
        return List.of(
                "/bin/sh",
                "-c",
                ENTER,
                "trails",
                group.path().resolve("cgroup.procs").toString());
    }

    /** The processes inside, also those in groups that a program of the session made below. */
    public List<Long> pids() {
        var pids = new ArrayList<Long>();
        for (Group each : groups()) {
            for (String pid : each.text("cgroup.procs").split("\n", -1)) {
                // A process of another pid namespace has no number here.
                if (!pid.isEmpty() && !pid.equals("0")) pids.add(Long.parseLong(pid));
            }
        }
        return pids;
    }

    /** Itself and the groups below it, each before those below that. */
    private List<Group> groups() {
        var groups = new ArrayList<Group>();
        groups.add(group);
        for (int i = 0; i < groups.size(); i++) {
            File[] children = groups.get(i).path().toFile().listFiles(File::isDirectory);
            if (children == null) continue;
            for (File child : children) groups.add(new Group(child.toPath()));
        }
        return groups;
    }

    /** Kills everybody inside at once, where the kernel can (since 5.14). */
    public void kill() {
        if (!group.has("cgroup.kill")) return;
        try {
            group.write("cgroup.kill", "1");
        } catch (IOException gone) {
            LoggerFactory.getLogger(SessionGroup.class).debug("Control group {} could not be killed", path(), gone);
        }
    }

    /** How often memory ran out so far. */
    public OomCount oomCount() {
        String own = group.has("memory.events.local") ? "memory.events.local" : "memory.events";
        return new OomCount(group.number(own, "oom"), group.number("memory.events", "oom_kill"));
    }

    /** How often a new process or thread was refused so far. */
    public long refusedForks() {
        return group.number("pids.events", "max");
    }

    /** The processor time of everybody who is or was inside, or empty if the group is gone. */
    public OptionalLong cpuNanos() {
        long micros = group.number("cpu.stat", "usage_usec");
        return micros > 0 ? OptionalLong.of(TimeUnit.MICROSECONDS.toNanos(micros)) : OptionalLong.empty();
    }

    /** Removes it and the groups below, once nobody is inside; says whether it is gone. */
    public boolean remove() {
        long deadline = System.nanoTime() + REMOVAL_NANOS;
        // Whoever has just been killed may still be on the way out.
        while (group.exists()) {
            List<Group> groups = groups();
            for (int i = groups.size() - 1; i >= 0; i--) {
                if (!groups.get(i).path().toFile().delete() && System.nanoTime() > deadline) return false;
            }
            if (group.exists()) LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
