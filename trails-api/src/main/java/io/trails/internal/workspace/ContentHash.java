package io.trails.internal.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Tells a file's content from another of the same size. Two checksums make 64 bits: against accidents, which is what a
 * touched file needs, not against somebody who forges content. Unlike a cryptographic digest they load nothing at
 * start-up and run at the speed of memory.
 */
final class ContentHash {
    private static final int BUFFER = 64 * 1024;

    private ContentHash() {}

    static long of(Path file, long size) throws IOException {
        var first = new CRC32();
        var second = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(1, Math.min(size + 1, BUFFER)));
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long count = 0;
            // A file that somebody keeps appending to has no end; what it has beyond its size is a difference anyway.
            while (count <= size && channel.read(buffer.clear()) >= 0) {
                count += buffer.position();
                first.update(buffer.array(), 0, buffer.position());
                second.update(buffer.array(), 0, buffer.position());
            }
        }
        return first.getValue() << 32 | second.getValue();
    }
}
