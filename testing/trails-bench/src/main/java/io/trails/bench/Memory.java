package io.trails.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process has that is really there. See proc(5), {@code VmRSS}. */
final class Memory {
    private static final String RESIDENT = "VmRSS:";

    private Memory() {}

    static long of(String process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
            if (line.startsWith(RESIDENT)) {
                return 1024
                        * Long.parseLong(line.substring(RESIDENT.length())
                                .replace("kB", "")
                                .strip());
            }
        }
        throw new IllegalStateException("Process " + process + " has no memory");
    }
}
