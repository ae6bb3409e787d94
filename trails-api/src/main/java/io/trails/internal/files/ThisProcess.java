package io.trails.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Tells this JVM from every other one: the same for all instances in it, whichever class loader they come from. */
public final class ThisProcess {
    private ThisProcess() {}

    /** Lower-case letters, digits and hyphens. Asked for rarely, so it is computed each time rather than kept. */
    public static String token() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return Long.toString(self.pid(), 36) + "-" + Long.toString(start.toEpochMilli(), 36) + "-" + pidNamespace();
    }

    /** Two containers that share files can have the same process id at the same instant, but not the same namespace. */
    private static String pidNamespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            int from = link.indexOf('[');
            int to = link.indexOf(']');
            return from < 0 || to < from ? "0" : Long.toString(Long.parseLong(link, from + 1, to, 10), 36);
        } catch (IOException | UnsupportedOperationException | NumberFormatException elsewhereThanLinux) {
            return "0";
        }
    }
}
