package io.trails.internal.host.cgroup;

import io.trails.Limits.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Directories with the files of a process file system and of a hierarchy of control groups, as far as they are read. */
public final class CgroupScene {
    private final Path proc;
    private final Path mount;

    public CgroupScene(Path folder) throws IOException {
        Path real = folder.toRealPath();
        proc = Files.createDirectories(real.resolve("proc"));
        mount = Files.createDirectories(real.resolve("a mount"));
        Files.createDirectories(proc.resolve("self"));
        mountinfo("/");
    }

    /** How the kernel writes the table: other mounts around it, blanks escaped. */
    CgroupScene mountinfo(String root) throws IOException {
        Files.writeString(
                proc.resolve("self/mountinfo"),
                "23 1 0:21 / /proc rw,nosuid - proc proc rw\n"
                        + "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd\n"
                        + "41 31 0:38 " + root + " " + mount.toString().replace(" ", "\\040")
                        + " rw,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
        return this;
    }

    /** Says which group this JVM is in. */
    public CgroupScene own(String group) throws IOException {
        Files.writeString(proc.resolve("self/cgroup"), "4:memory:/elsewhere\n0::" + group + "\n");
        return this;
    }

    /** Adds a group, which is of type domain unless it is the first. */
    public Path group(String name, String available, String enabled, String processes) throws IOException {
        Path group = Files.createDirectories(mount.resolve(name));
        Files.writeString(group.resolve("cgroup.controllers"), available + "\n");
        Files.writeString(group.resolve("cgroup.subtree_control"), enabled + "\n");
        Files.writeString(group.resolve("cgroup.procs"), processes);
        if (!name.isEmpty()) {
            Files.writeString(group.resolve("cgroup.type"), "domain\n");
            Files.writeString(group.resolve("cgroup.events"), "populated 0\nfrozen 0\n");
        }
        return group;
    }

    public Path proc() {
        return proc;
    }

    Path mount() {
        return mount;
    }

    Delegation find() {
        return Delegation.find(proc, Optional.empty());
    }

    Delegation find(Path named) {
        return Delegation.find(proc, Optional.of(named));
    }

    static Set<Kind> kept(Delegation delegation) {
        var kept = new TreeSet<Kind>();
        for (Kind kind : Kind.values()) if (delegation.keeps(kind)) kept.add(kind);
        return kept;
    }
}
