package io.trails.worktree.internal.git;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path as git has it: bytes, relative to the root of a tree, with '/'. Also any other field of git's NUL-separated output.
 * Immutable. Ordered as git orders.
 */
public final class RepoPath implements Comparable<RepoPath> {
    private final byte[] bytes;

    private RepoPath(byte[] bytes) {
        this.bytes = bytes;
    }

    public static RepoPath of(byte[] bytes) {
        return new RepoPath(bytes.clone());
    }

    public static RepoPath of(String text) {
        return new RepoPath(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What lies between NULs; what follows the last one counts unless it is empty. */
    public static List<RepoPath> split(byte[] output) {
        var fields = new ArrayList<RepoPath>();
        int start = 0;
        for (int i = 0; i < output.length; i++) {
            if (output[i] != 0) continue;
            fields.add(new RepoPath(Arrays.copyOfRange(output, start, i)));
            start = i + 1;
        }
        if (start < output.length) fields.add(new RepoPath(Arrays.copyOfRange(output, start, output.length)));
        return fields;
    }

    /** Each of them followed by a NUL, as {@code -z --stdin} takes them. */
    public static byte[] join(Iterable<RepoPath> paths) {
        int size = 0;
        for (RepoPath path : paths) size += path.bytes.length + 1;
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (RepoPath path : paths) joined.put(path.bytes).put((byte) 0);
        return joined.array();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** As text; bytes that are no UTF-8 are replaced. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether {@link #text()} is all of it. */
    public boolean isText() {
        return Arrays.equals(text().getBytes(StandardCharsets.UTF_8), bytes);
    }

    /** The part behind a byte offset. */
    public RepoPath from(int offset) {
        return new RepoPath(Arrays.copyOfRange(bytes, offset, bytes.length));
    }

    /** The part before a byte offset. */
    public RepoPath until(int offset) {
        return new RepoPath(Arrays.copyOfRange(bytes, 0, offset));
    }

    /** With one character for each byte, to look for ASCII in. */
    public String latin() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public boolean startsWith(RepoPath prefix) {
        return prefix.bytes.length <= bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** The file below a directory, if this JVM can express its name: one in a locale without UTF-8 cannot express all. */
    public Optional<Path> in(Path directory) {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        try {
            String name = names.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (!Arrays.equals(name.getBytes(names), bytes)) return Optional.empty();
            return Optional.of(directory.resolve(name));
        } catch (CharacterCodingException | InvalidPathException inexpressible) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(RepoPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepoPath that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
