package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Limits.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The limits that the kernel keeps per process, set by a small program that then becomes the command: {@code prlimit}
 * where it exists, else a shell. Exit codes and signals are the command's own, since it takes the wrapper's place.
 */
final class Rlimits {
    /** The command comes as positional parameters, so nothing of it is ever read as shell text. */
    private static final String SCRIPT = """
            if [ "$1" != - ]; then ulimit -S -t "$1" && ulimit -H -t "$2" || exit 125; fi
            if [ "$3" != - ]; then ulimit -f "$3" || exit 125; fi
            if [ "$4" != - ]; then ulimit -n "$4" || exit 125; fi
            shift 4
            exec "$@"
            """;

    private static final int BLOCK = 512;

    private final Optional<Path> prlimit;

    Rlimits(Optional<Path> prlimit) {
        this.prlimit = prlimit;
    }

    static Rlimits ofThisSystem() {
        for (String directory : List.of("/usr/bin", "/bin", "/usr/sbin")) {
            Path candidate = Path.of(directory, "prlimit");
            if (Files.isExecutable(candidate)) return new Rlimits(Optional.of(candidate));
        }
        return new Rlimits(Optional.empty());
    }

    static boolean covers(Kind kind) {
        return kind == Kind.CPU_TIME || kind == Kind.FILE_SIZE || kind == Kind.OPEN_FILES;
    }

    static boolean anyIn(Limits limits) {
        for (Kind kind : limits.asMap().keySet()) {
            if (covers(kind)) return true;
        }
        return false;
    }

    Optional<Path> prlimit() {
        return prlimit;
    }

    /** What to put before the command, whose program must then be an absolute path. */
    List<String> prefix(Limits limits) {
        OptionalLong cpu = seconds(limits.get(Kind.CPU_TIME));
        OptionalLong size = limits.get(Kind.FILE_SIZE);
        OptionalLong files = withinOwn(limits.get(Kind.OPEN_FILES));
        var prefix = new ArrayList<String>();
        if (prlimit.isPresent()) {
            prefix.add(prlimit.get().toString());
            // The soft limit gives SIGXCPU, by which the breach is recognised; the hard one a second later kills.
            cpu.ifPresent(limit -> prefix.add("--cpu=" + limit + ":" + (limit + 1)));
            size.ifPresent(limit -> prefix.add("--fsize=" + limit + ":" + limit));
            files.ifPresent(limit -> prefix.add("--nofile=" + limit + ":" + limit));
        } else {
            prefix.addAll(List.of("/bin/sh", "-c", SCRIPT, "trails"));
            prefix.add(cpu.isPresent() ? Long.toString(cpu.getAsLong()) : "-");
            prefix.add(cpu.isPresent() ? Long.toString(cpu.getAsLong() + 1) : "-");
            prefix.add(size.isPresent() ? Long.toString((size.getAsLong() + BLOCK - 1) / BLOCK) : "-");
            prefix.add(files.isPresent() ? Long.toString(files.getAsLong()) : "-");
        }
        return prefix;
    }

    private static OptionalLong seconds(OptionalLong millis) {
        return millis.isPresent() ? OptionalLong.of((millis.getAsLong() + 999) / 1000) : millis;
    }

    /** Nobody but root may raise the limit this JVM has itself, and then there is nothing to tighten. */
    private static OptionalLong withinOwn(OptionalLong files) {
        return files.isPresent() && files.getAsLong() >= ownOpenFiles() ? OptionalLong.empty() : files;
    }

    private static long ownOpenFiles() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"), StandardCharsets.US_ASCII)) {
                if (line.startsWith("Max open files")) {
                    String[] columns =
                            line.substring("Max open files".length()).strip().split(" +", -1);
                    return columns[0].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(columns[0]);
                }
            }
        } catch (IOException notLinux) {
            return Long.MAX_VALUE;
        }
        return Long.MAX_VALUE;
    }
}
