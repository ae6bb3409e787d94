package io.trails.internal.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that they hold after a crash, a kill or a power cut, whole or not at all. An interrupt tears nothing. */
public final class Durable {
    /** How the names of unfinished files end. One that is found under the lock of its directory is a crash's. */
    public static final String UNFINISHED = ".tmp";

    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private Durable() {}

    /** What a file is to hold, written piece by piece. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces the file by one for its owner alone, or leaves it as it was and nothing beside it. A link of that name is
     * replaced, not followed.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, new Content() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(content);
            }
        });
    }

    /** The same with what would be too much to hold in memory. */
    public static void replace(Path file, Content content) throws IOException {
        Path unfinished =
                file.resolveSibling(file.getFileName() + "." + Long.toHexString(System.nanoTime()) + UNFINISHED);
        try {
            Files.createFile(unfinished, OwnerOnly.file(unfinished));
            // A stream, not a channel: a channel would be closed by an interrupt of the calling thread.
            try (var out = new FileOutputStream(unfinished.toFile())) {
                content.writeTo(out);
                out.getFD().sync();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error failure) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException undeleted) {
                failure.addSuppressed(undeleted);
            }
            throw failure;
        }
        syncDirectory(file);
    }

    /** Makes creations, renames and removals beside the file hold. */
    public static void syncDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        // Windows cannot open a directory, and makes renames hold by itself.
        if (WINDOWS || directory == null) return;
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException interrupt) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
