package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells a process from those that have its number before and after it, by when it was born. Linux counts that from its own start:
 * what a JVM makes a time of it moves with the clock, which somebody may set while the process lives.
 */
public final class ProcessBirth {
    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");

    /** Of what follows a process's name, which alone may hold spaces. */
    private static final int STATE = 0;

    private static final int THREADS = 17;
    private static final int START = 19;

    private ProcessBirth() {}

    /**
     * A word without spaces, the same for everybody on this machine as long as the process lives. Empty if it does not, or if it has
     * only not been buried.
     *
     * @throws IOException if nobody knows
     */
    public static Optional<String> of(long process) throws IOException {
        Path stat = PROC.resolve(Long.toString(process)).resolve("stat");
        if (!Files.exists(PROC.resolve("self/stat"))) return byClock(process);
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            String[] words = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
            if (words.length <= START) throw new IOException("Nobody knows what " + stat + " says");
            // While others of its threads run, the first one may be over.
            boolean dead = "ZXx".contains(words[STATE]) && Integer.parseInt(words[THREADS]) <= 1;
            return dead ? Optional.empty() : Optional.of(boot() + ":" + words[START]);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            // It may end while its line is read.
            if (Files.exists(stat)) throw e;
            return Optional.empty();
        }
    }

    /** Tells apart what is counted from one start of the machine and from the next. */
    private static String boot() throws IOException {
        return Files.isReadable(BOOT)
                ? Files.readString(BOOT, StandardCharsets.US_ASCII).strip()
                : "";
    }

    /** Where no file tells, systems keep the time that the clock told once. */
    private static Optional<String> byClock(long process) {
        return ProcessHandle.of(process)
                .map(known -> known.info().startInstant().orElse(Instant.EPOCH))
                .map(start -> Long.toString(start.toEpochMilli()));
    }
}
