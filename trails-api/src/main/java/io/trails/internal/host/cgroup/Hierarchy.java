package io.trails.internal.host.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The hierarchy of version 2 as this JVM sees it. On a machine that still has version 1 too it may hold no controller.
 *
 * @param mount where it is mounted
 * @param own the group this JVM is in, or empty if the mount does not show it
 */
record Hierarchy(Path mount, Optional<Path> own) {
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /** Reads it from the JVM's own entries of a process file system; empty where there is none. */
    static Optional<Hierarchy> of(Path proc) {
        try {
            String group = ownGroup(Files.readAllLines(proc.resolve("self/cgroup"), StandardCharsets.ISO_8859_1));
            if (group.isEmpty()) return Optional.empty();
            return mounted(Files.readAllLines(proc.resolve("self/mountinfo"), StandardCharsets.ISO_8859_1), group);
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The line of version 2 has the number 0 and names no controllers. */
    private static String ownGroup(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("0::/")) return line.substring(3);
        }
        return "";
    }

    private static Optional<Hierarchy> mounted(List<String> lines, String group) {
        Optional<Hierarchy> found = Optional.empty();
        for (String line : lines) {
            int type = line.indexOf(" - cgroup2 ");
            if (type < 0) continue;
            String[] fields = line.substring(0, type).split(" ", -1);
            if (fields.length <= MOUNT_POINT) continue;
            Path mount = Path.of(unescaped(fields[MOUNT_POINT]));
            Optional<Path> own = within(mount, unescaped(fields[ROOT]), group);
            if (own.isPresent()) return Optional.of(new Hierarchy(mount, own));
            if (found.isEmpty()) found = Optional.of(new Hierarchy(mount, own));
        }
        return found;
    }

    /** A mount may show only a part of the hierarchy, and the group may lie outside it. */
    private static Optional<Path> within(Path mount, String root, String group) {
        String base = root.equals("/") ? "" : root;
        boolean inside = group.equals(base) || group.startsWith(base + "/");
        if (!inside || group.contains("/..")) return Optional.empty();
        int start = base.length() + (group.startsWith("/", base.length()) ? 1 : 0);
        Path own = mount.resolve(group.substring(start));
        return Files.isDirectory(own) ? Optional.of(own) : Optional.empty();
    }

    /** The kernel writes a blank, a tab, a line break and a backslash as three octal digits. */
    private static String unescaped(String field) {
        return field.indexOf('\\') < 0
                ? field
                : field.replace("\\040", " ")
                        .replace("\\011", "\t")
                        .replace("\\012", "\n")
                        .replace("\\134", "\\");
    }

    /**
     * The group whose {@code cgroup.procs} decides whether a child of this JVM may enter the given one: the nearest that
     * both lie in.
     */
    Path gate(Path group) {
        Path gate = own.orElse(mount);
        while (!group.startsWith(gate) && !gate.equals(mount)) {
            Path above = gate.getParent();
            if (above == null) break;
            gate = above;
        }
        return gate;
    }
}
