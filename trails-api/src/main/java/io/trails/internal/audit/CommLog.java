package io.trails.internal.audit;

import io.trails.TrailsException;
import io.trails.internal.files.InterProcessLock;
import io.trails.internal.files.OwnerOnly;
import io.trails.internal.json.JsonWriter;
import io.trails.internal.json.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;

/**
 * Who was sent how much, and what came of it, in {@code agent-comm.log}: one JSON object a line, never the text itself.
 * Shared with other processes. Thread-safe. A full file becomes {@code agent-comm.old.log} and replaces the one before.
 */
public final class CommLog {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long FULL = 4L * 1024 * 1024;

    private final Path file;
    private final Path old;
    private final InterProcessLock lock;
    private final Clock clock;
    private final long full;

    CommLog(Path stateDirectory, Clock clock, long full) {
        Path directory = stateDirectory.toAbsolutePath();
        file = directory.resolve("agent-comm.log");
        old = directory.resolve("agent-comm.old.log");
        lock = new InterProcessLock(directory, "agent-comm");
        this.clock = clock;
        this.full = full;
    }

    /** The log of a directory. Nothing is created before the first entry. */
    public static CommLog open(Path stateDirectory, Clock clock) {
        return new CommLog(stateDirectory, clock, FULL);
    }

    /** Which way the text went. */
    public enum Direction {
        /** From the host to the agent. */
        TO_AGENT,
        /** From the agent to the host. */
        FROM_AGENT
    }

    /**
     * Adds an entry.
     *
     * @param session the session's name
     * @param agent the agent's name
     * @param direction which way the text went
     * @param chars how long it was
     * @param outcome a code, such as {@code delivered}
     * @throws TrailsException {@code comm-log.unwritable}
     */
    public void append(String session, String agent, Direction direction, int chars, String outcome) {
        byte[] line = new JsonWriter()
                .beginObject()
                .name("at")
                .string(Timestamps.format(clock.instant()))
                .name("session")
                .string(session)
                .name("agent")
                .string(agent)
                .name("direction")
                .string(direction.name())
                .name("chars")
                .number(chars)
                .name("outcome")
                .string(outcome)
                .endObject()
                .lineBreak()
                .toByteArray();
        try {
            if (size() + line.length > full) rotate(line.length);
            createIfMissing();
            // One write at the file's end: lines of several processes do not mix. Somebody may just have rotated the
            // file.
            try (OutputStream out = Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
                out.write(line);
            }
        } catch (IOException refused) {
            throw new TrailsException(
                    "comm-log.unwritable",
                    file + " cannot be written (" + refused + "); make room and have it writable for this user",
                    refused);
        }
    }

    /** A stream takes no permissions, and a channel would be closed by an interrupt. */
    private void createIfMissing() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return;
        try {
            Files.createFile(file, OwnerOnly.file(file));
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            return;
        }
    }

    private void rotate(int more) throws IOException {
        InterProcessLock.Held held = lock.acquire(PATIENCE);
        try {
            // Somebody else may have been faster.
            if (size() + more > full && size() > 0) Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            held.close();
        }
    }

    private long size() throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) return attributes.size();
            throw new FileSystemException(file.toString(), null, "is no regular file");
        } catch (NoSuchFileException absent) {
            return 0;
        }
    }
}
