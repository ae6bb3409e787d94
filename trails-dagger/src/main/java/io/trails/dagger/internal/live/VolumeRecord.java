package io.trails.dagger.internal.live;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Keeps on the host which volume has the session's files, so that another JVM finds what programs wrote before this one was
 * killed. Thread-safe as far as one sandbox at a time has the session.
 */
final class VolumeRecord {
    private static final String SEEDING = "seeding";
    private static final String LIVE = "live";

    private final Path file;

    VolumeRecord(Path directory) {
        file = directory.resolve("live");
    }

    /** The volume to which a session's files were moved completely. */
    Optional<String> live() {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
            boolean live = words.length == 2 && words[0].equals(LIVE) && words[1].matches("trails-[a-z0-9-]+");
            return live ? Optional.of(words[1]) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Files are being copied to a volume that nothing runs on yet. */
    void seeding(String volume) {
        write(SEEDING + " " + volume);
    }

    void live(String volume) {
        write(LIVE + " " + volume);
    }

    /** The session's files are where they are without a volume. */
    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void write(String text) {
        Path draft = file.resolveSibling("live.new");
        try {
            try (var channel = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text + "\n");
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(draft);
            throw unusable(e);
        }
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LoggerFactory.getLogger(VolumeRecord.class).debug("A draft stays behind: {}", draft, e);
        }
    }

    private TrailsException unusable(IOException e) {
        return new TrailsException(
                "dagger.files-unwritable", "The session's own file " + file + " cannot be used: " + e.getMessage(), e);
    }
}
