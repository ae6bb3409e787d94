package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/**
 * Trees as one pack for {@code git index-pack}: git itself would write a file for each directory, which costs more than all
 * the rest. Single-threaded.
 */
final class TreePack {
    private static final int TREE = 2;

    private final String digest;
    private final Map<String, byte[]> trees = new LinkedHashMap<>();
    private final String root;

    /** @param objectFormat of the repository */
    TreePack(Map<RepoPath, Entry> entries, String objectFormat) {
        digest = objectFormat.equals("sha256") ? "SHA-256" : "SHA-1";
        var top = new Directory();
        entries.forEach((path, entry) -> top.put(path, entry));
        root = write(top);
    }

    /** The id of the tree that holds all. */
    String root() {
        return root;
    }

    /** Sorted as git sorts, which takes a directory for a name with '/' at its end. */
    private static final class Directory {
        final TreeMap<RepoPath, Object> children = new TreeMap<>();

        void put(RepoPath path, Entry entry) {
            byte[] bytes = path.bytes();
            int slash = 0;
            while (slash < bytes.length && bytes[slash] != '/') slash++;
            if (slash == bytes.length) {
                children.put(path, entry);
                return;
            }
            RepoPath name = RepoPath.of(Arrays.copyOf(bytes, slash + 1));
            var child = (Directory) children.computeIfAbsent(name, any -> new Directory());
            child.put(path.from(slash + 1), entry);
        }
    }

    private String write(Directory directory) {
        var content = new ByteArrayOutputStream();
        directory.children.forEach((name, child) -> {
            byte[] bytes = name.bytes();
            boolean isTree = child instanceof Directory;
            String oid = child instanceof Directory below ? write(below) : ((Entry) child).oid();
            String mode = child instanceof Entry entry ? entry.mode() : "40000";
            content.writeBytes((mode + " ").getBytes(StandardCharsets.US_ASCII));
            content.write(bytes, 0, isTree ? bytes.length - 1 : bytes.length);
            content.write(0);
            content.writeBytes(HexFormat.of().parseHex(oid));
        });
        MessageDigest id = digest();
        id.update(("tree " + content.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        String oid = HexFormat.of().formatHex(id.digest(content.toByteArray()));
        trees.put(oid, content.toByteArray());
        return oid;
    }

    byte[] bytes() {
        var pack = new ByteArrayOutputStream();
        pack.writeBytes("PACK".getBytes(StandardCharsets.US_ASCII));
        pack.writeBytes(ByteBuffer.allocate(8).putInt(2).putInt(trees.size()).array());
        for (byte[] tree : trees.values()) {
            writeHeader(pack, tree.length);
            pack.writeBytes(deflate(tree));
        }
        pack.writeBytes(digest().digest(pack.toByteArray()));
        return pack.toByteArray();
    }

    /** Type and length in groups of 7 bits, of which the first has but 4 for the length. */
    private static void writeHeader(ByteArrayOutputStream pack, int length) {
        int rest = length >>> 4;
        int group = (TREE << 4) | (length & 0xf);
        while (rest > 0) {
            pack.write(group | 0x80);
            group = rest & 0x7f;
            rest >>>= 7;
        }
        pack.write(group);
    }

    private static byte[] deflate(byte[] content) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(content);
            deflater.finish();
            var deflated = new ByteArrayOutputStream();
            byte[] buffer = new byte[4_096];
            while (!deflater.finished()) deflated.write(buffer, 0, deflater.deflate(buffer));
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(digest + " is missing in this JVM", never);
        }
    }
}
