package io.trails.daggerdouble.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a played disk has room for. The tool writes what there is room for of a larger file, and keeps it open long after it
 * gave up: whoever deletes that part has no more room than before. Thread-safe.
 */
public final class Room {

    private final List<FileChannel> parts = new ArrayList<>();
    private long bytes = Long.MAX_VALUE;

    synchronized void limit(long most) {
        bytes = most;
    }

    /** There is room for everything, and the tool has let go of all it had begun. */
    synchronized void clear() {
        bytes = Long.MAX_VALUE;
        try {
            for (FileChannel part : parts) {
                part.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parts.clear();
    }

    /** What the parts take that the tool has open, wherever they lie or lay. */
    public synchronized long taken() throws IOException {
        long taken = 0;
        for (FileChannel part : parts) {
            taken += part.size();
        }
        return taken;
    }

    /** Writes a part of a file if the whole has no room. */
    public synchronized void need(long size, Path file) throws IOException {
        long left = bytes - taken();
        if (size <= left) {
            return;
        }
        Files.deleteIfExists(file);
        FileChannel part = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        parts.add(part);
        part.write(ByteBuffer.allocate((int) left));
        throw new IOException("no space left on device: " + file);
    }
}
