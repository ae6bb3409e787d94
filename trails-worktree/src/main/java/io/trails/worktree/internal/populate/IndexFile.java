package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Writes version 2 of git's index, which all gits read. */
final class IndexFile {
    private static final int FIXED = 42;
    private static final int HEADER = 12;
    private static final int EXTENSION = 8;
    private static final int LONGEST_TOLD = 0xfff;

    private IndexFile() {}

    /**
     * @param entries in git's order, each with the stat of its new file
     * @param trees the content of the extension {@code TREE}, if it is known for just these entries
     * @throws IOException also if somebody else is writing it
     */
    static void write(Path index, ObjectHash hash, List<IndexEntry> entries, Optional<byte[]> trees)
            throws IOException {
        Path lock = index.resolveSibling(index.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = content(hash, entries, trees);
            while (bytes.hasRemaining()) channel.write(bytes);
        } catch (FileAlreadyExistsException held) {
            throw held;
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(lock);
            throw failed;
        }
        Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ByteBuffer content(ObjectHash hash, List<IndexEntry> entries, Optional<byte[]> trees) {
        long size = (long) HEADER + hash.length();
        for (IndexEntry entry : entries) size += length(entry, hash);
        if (trees.isPresent()) size += EXTENSION + trees.get().length;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
        bytes.put("DIRC".getBytes(StandardCharsets.US_ASCII)).putInt(2).putInt(entries.size());
        for (IndexEntry entry : entries) {
            int start = bytes.position();
            entry.stat().write(bytes, entry.mode());
            bytes.put(entry.id());
            bytes.putShort((short) Math.min(entry.path().length, LONGEST_TOLD));
            bytes.put(entry.path());
            bytes.position(start + length(entry, hash));
        }
        if (trees.isPresent()) {
            bytes.put("TREE".getBytes(StandardCharsets.US_ASCII)).putInt(trees.get().length);
            bytes.put(trees.get());
        }
        MessageDigest digest = hash.digest();
        digest.update(bytes.array(), 0, bytes.position());
        return bytes.put(digest.digest()).flip();
    }

    /** With one to eight NULs behind the path. */
    private static int length(IndexEntry entry, ObjectHash hash) {
        return (FIXED + hash.length() + entry.path().length + EXTENSION) / EXTENSION * EXTENSION;
    }
}
