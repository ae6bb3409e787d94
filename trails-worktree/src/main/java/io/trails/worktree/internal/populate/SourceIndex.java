package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The index of a tree as it was when it was read. Immutable.
 *
 * @param entries in git's order
 * @param trees the extension that knows which tree objects the entries form, as it is in the file
 */
record SourceIndex(Path file, Version version, List<IndexEntry> entries, Optional<byte[]> trees) {
    /** git replaces the file when it writes. */
    private record Version(Optional<Object> key, FileTime modified, long size) {
        static Version of(Path file) throws IOException {
            BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(Optional.ofNullable(known.fileKey()), known.lastModifiedTime(), known.size());
        }
    }

    SourceIndex {
        entries = List.copyOf(entries);
    }

    /** @throws IOException if it cannot be read, or is of a kind that is refused; the message names it */
    static SourceIndex read(Path file, ObjectHash hash) throws IOException {
        Version version = Version.of(file);
        IndexFormat.Content content = IndexFormat.parse(Files.readAllBytes(file), hash);
        var index = new SourceIndex(file, version, content.entries(), content.trees());
        if (!index.isCurrent()) throw new IOException(file + " is being written");
        return index;
    }

    boolean isCurrent() throws IOException {
        return Objects.equals(version, Version.of(file));
    }

    /**
     * Whether git wrote down that the entries are just those of a tree.
     *
     * @param tree its id
     */
    boolean isOf(String tree) {
        if (trees.isEmpty()) return false;
        // The first is the root: no name, how many entries, a blank, how many directories, a line feed, its id.
        byte[] root = trees.get();
        byte[] start = ("\0" + entries.size() + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] id = HexFormat.of().parseHex(tree);
        if (root.length < start.length || !Arrays.equals(root, 0, start.length, start, 0, start.length)) return false;
        int at = start.length;
        while (at < root.length && root[at] != '\n') at++;
        int end = at + 1 + id.length;
        return end <= root.length && Arrays.equals(root, at + 1, end, id, 0, id.length);
    }
}
