package io.trails.internal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How much a session's files grew since it was created. The size at that time is kept in a file. Thread-safe. */
final class DiskGrowth {
    private final Path directory;
    private final Path baselineFile;
    private final @Nullable Path state;

    /** @param state what trails itself keeps, which is not the session's even if it lies among its files */
    DiskGrowth(Path directory, Path baselineFile, @Nullable Path state) {
        this.directory = directory;
        this.baselineFile = baselineFile;
        this.state = state;
    }

    /** Measures the size now, unless that was done already. */
    void start(BooleanSupplier stop) throws IOException {
        if (Files.exists(baselineFile)) return;
        DiskUse now = measure(stop);
        if (stop.getAsBoolean()) return;
        Path fresh = baselineFile.resolveSibling(baselineFile.getFileName() + "." + System.nanoTime());
        Files.writeString(OwnFile.create(fresh), Long.toString(now.bytes()), StandardCharsets.US_ASCII);
        Files.move(fresh, baselineFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The size at the start, or empty if it was never measured to the end or cannot be read. */
    OptionalLong baseline() {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(baselineFile, StandardCharsets.US_ASCII)));
        } catch (IOException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }

    DiskUse measure(BooleanSupplier stop) throws IOException {
        return DiskUse.of(directory, state, stop);
    }
}
