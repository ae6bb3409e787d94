package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads versions 2, 3 and 4 of git's index. Single-threaded. */
final class IndexFormat {
    private static final int SIGNATURE = 0x44495243;
    private static final int TREE = 0x54524545;
    private static final int ALIGNMENT = 8;
    private static final int EXTENDED = 0x4000;
    private static final int STAGE = 0x3000;
    private static final int SKIP_OR_INTENT = 0x6000;

    private final ByteBuffer bytes;
    private final ObjectHash hash;
    private final int version;
    private byte[] previous = new byte[0];

    /** @param trees the content of its extension {@code TREE} */
    record Content(List<IndexEntry> entries, Optional<byte[]> trees) {}

    private IndexFormat(ByteBuffer bytes, ObjectHash hash, int version) {
        this.bytes = bytes;
        this.hash = hash;
        this.version = version;
    }

    static Content parse(byte[] file, ObjectHash hash) throws IOException {
        try {
            checkSum(file, hash);
            ByteBuffer bytes = ByteBuffer.wrap(file, 0, file.length - hash.length());
            if (bytes.getInt() != SIGNATURE) throw new IOException("The index has no signature");
            int version = bytes.getInt();
            if (version < 2 || version > 4) throw new IOException("The index is of version " + version);
            return new IndexFormat(bytes, hash, version).content();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("The index is cut", e);
        }
    }

    /** A user may have git leave it out; it is all zeros then. */
    private static void checkSum(byte[] file, ObjectHash hash) throws IOException {
        int length = file.length - hash.length();
        if (length < 0) throw new IOException("The index is cut");
        byte[] written = Arrays.copyOfRange(file, length, file.length);
        if (Arrays.equals(written, new byte[hash.length()])) return;
        MessageDigest digest = hash.digest();
        digest.update(file, 0, length);
        if (!Arrays.equals(digest.digest(), written)) throw new IOException("The index's checksum is wrong");
    }

    private Content content() throws IOException {
        int count = bytes.getInt();
        if (count < 0 || count > bytes.remaining() / (hash.length() + ALIGNMENT)) {
            throw new IOException("The index is cut");
        }
        var entries = new ArrayList<IndexEntry>(count);
        for (int i = 0; i < count; i++) entries.add(entry());
        return new Content(entries, extensions());
    }

    private IndexEntry entry() {
        int start = bytes.position();
        int mode = bytes.getInt(start + 24);
        Stat stat = Stat.read(bytes);
        byte[] id = new byte[hash.length()];
        bytes.get(id);
        int flags = bytes.getShort();
        boolean extended = version > 2 && (flags & EXTENDED) != 0;
        int more = extended ? bytes.getShort() : 0;
        byte[] path = version == 4 ? compressed() : terminated();
        if (version < 4) {
            int length = bytes.position() - 1 - start;
            bytes.position(start + (length + ALIGNMENT) / ALIGNMENT * ALIGNMENT);
        }
        boolean ordinary = (flags & STAGE) == 0 && (more & SKIP_OR_INTENT) == 0;
        return new IndexEntry(path, mode, id, stat, ordinary);
    }

    private byte[] terminated() {
        int start = bytes.position();
        int end = start;
        while (bytes.get(end) != 0) end++;
        byte[] name = new byte[end - start];
        bytes.get(name);
        bytes.get();
        return name;
    }

    /** How many bytes of the last path are dropped, then what follows in their place. */
    private byte[] compressed() {
        int next = bytes.get();
        int dropped = next & 0x7f;
        while ((next & 0x80) != 0) {
            next = bytes.get();
            dropped = ((dropped + 1) << 7) + (next & 0x7f);
        }
        byte[] rest = terminated();
        int kept = previous.length - dropped;
        byte[] path = Arrays.copyOf(previous, kept + rest.length);
        System.arraycopy(rest, 0, path, kept, rest.length);
        previous = path;
        return path;
    }

    /** Those that begin with a capital letter may be ignored; without the others the entries are not what they seem. */
    private Optional<byte[]> extensions() throws IOException {
        Optional<byte[]> trees = Optional.empty();
        while (bytes.hasRemaining()) {
            int kind = bytes.getInt();
            byte[] content = new byte[Math.min(bytes.remaining(), Math.max(0, bytes.getInt()))];
            bytes.get(content);
            char first = (char) (kind >>> 24);
            if (kind == TREE) trees = Optional.of(content);
            else if (first < 'A' || first > 'Z') {
                byte[] name = ByteBuffer.allocate(4).putInt(kind).array();
                throw new IOException("The index has the extension '" + new String(name, StandardCharsets.US_ASCII)
                        + "' (a split or sparse index, or one of a newer git)");
            }
        }
        return trees;
    }
}
