package io.trails.dagger.internal.connection;

import java.util.List;

/** Ends a process at once, with what it started. */
final class ProcessEnd {
    private ProcessEnd() {}

    static void kill(Process process) {
        // Before their parent: afterwards nobody knows whose they were.
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
