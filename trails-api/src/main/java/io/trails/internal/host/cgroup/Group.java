package io.trails.internal.host.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One control group: a directory whose files are the kernel's. */
record Group(Path path) {
    boolean exists() {
        return Files.isRegularFile(path.resolve("cgroup.procs"));
    }

    /** Only the first group of the machine has no counters of events; the first one that a container sees has. */
    boolean isFirst() {
        return !Files.exists(path.resolve("cgroup.events"));
    }

    /** Below a threaded group there is none that could limit memory. */
    boolean isDomain() {
        return isFirst() || text("cgroup.type").equals("domain");
    }

    boolean hasProcesses() {
        return !text("cgroup.procs").isEmpty();
    }

    boolean mayHaveChildren() {
        return Files.isWritable(path) && Files.isWritable(path.resolve("cgroup.procs"));
    }

    /** The controllers it may hand on to its children. */
    List<String> available() {
        return List.of(text("cgroup.controllers").split(" ", -1));
    }

    /** The controllers it does hand on to its children. */
    List<String> enabled() {
        return List.of(text("cgroup.subtree_control").split(" ", -1));
    }

    /** The kernel lets a group hand on controllers, the first one apart, only while it has no processes of its own. */
    boolean mayEnable() {
        return Files.isWritable(path.resolve("cgroup.subtree_control")) && (isFirst() || !hasProcesses());
    }

    boolean has(String file) {
        return Files.exists(path.resolve(file));
    }

    /** What a file says, or nothing if it cannot be read. */
    String text(String file) {
        try {
            return Files.readString(path.resolve(file), StandardCharsets.US_ASCII)
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }

    /** One number of a file with a name and a number per line, or 0. */
    long number(String file, String name) {
        for (String line : text(file).split("\n", -1)) {
            int blank = line.indexOf(' ');
            if (blank > 0 && line.substring(0, blank).equals(name)) return Long.parseLong(line.substring(blank + 1));
        }
        return 0;
    }

    /** Never makes a file: in a directory that is no control group it fails. */
    void write(String file, String value) throws IOException {
        Files.writeString(path.resolve(file), value, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    }
}
