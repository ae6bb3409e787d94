package io.trails.bench;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** The machine, as far as it matters to a reader; neither its name nor its paths. */
final class Machine {
    private Machine() {}

    static List<String> facts(Clock clock, Scratch scratch) throws IOException {
        FileStore store = Files.getFileStore(scratch.root());
        return List.of(
                "Date: " + LocalDate.now(clock),
                "Cores: " + Runtime.getRuntime().availableProcessors(),
                "JDK: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "System: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                "File system of the projects: " + store.type());
    }
}
