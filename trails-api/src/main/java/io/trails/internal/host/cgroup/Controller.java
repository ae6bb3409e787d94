package io.trails.internal.host.cgroup;

import io.trails.Limits.Kind;

/** The kernel's controllers that keep limits of sessions. */
enum Controller {
    CPU(Kind.CPU_SHARE),
    MEMORY(Kind.MEMORY),
    PIDS(Kind.PROCESSES);

    private final Kind kind;

    Controller(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String kernelName() {
        return switch (this) {
            case CPU -> "cpu";
            case MEMORY -> "memory";
            case PIDS -> "pids";
        };
    }
}
