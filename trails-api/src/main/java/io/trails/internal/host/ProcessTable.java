package io.trails.internal.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of this machine, as far as this user may see them. Thread-safe. */
interface ProcessTable {
    static ProcessTable ofThisSystem() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) ? new ProcFs(proc) : new HandleTable();
    }

    long[] pids();

    Optional<ProcessEntry> find(long pid);

    /** The value a variable had when the process's program started, or empty if it had none or it cannot be read. */
    Optional<String> variable(long pid, String name);

    /** How long it has been running, in milliseconds. */
    long ageMillis(ProcessEntry process);

    /** Its memory with shared pages divided among those who share them, or -1 where that is not known. */
    long proportionalBytes(ProcessEntry process);

    /** Sends TERM, or KILL if {@code force}; never to another process that got the same pid since. */
    default void end(ProcessEntry process, boolean force) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        // The handle came first: if the pid still names our process now, it did so for the handle too, and the
        // handle checks the start time again when it sends.
        if (handle.isEmpty() || !find(process.pid()).filter(process::sameAs).isPresent()) return;
        if (force) {
            handle.get().destroyForcibly();
        } else {
            handle.get().destroy();
        }
    }

    /** Whether processes started by another JVM can be told by their environment. */
    boolean readsVariables();
}
