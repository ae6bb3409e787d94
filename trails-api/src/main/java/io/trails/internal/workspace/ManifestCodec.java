package io.trails.internal.workspace;

import io.trails.TrailsException;
import io.trails.internal.workspace.FileStamp.Evidence;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The bytes of a manifest: a mark, a version, the unread folders, the stamps in sorted order with the part of the path
 * that the one before has too left out. About 50 bytes a file.
 */
final class ManifestCodec {
    private static final int MARK = 0x74726c73;
    private static final int VERSION = 1;
    /** No tree has more; a damaged count must not be believed and allocated. */
    private static final int MAX_INITIAL_CAPACITY = 1 << 16;

    private static final int SETTLED = 0;
    private static final int RECENT = 1;
    private static final int HASH = 2;
    private static final int RECENT_HASH = 3;
    private static final int TARGET = 4;

    private ManifestCodec() {}

    static void encode(Tree tree, DataOutputStream out) throws IOException {
        out.writeInt(MARK);
        out.writeInt(VERSION);
        out.writeInt(tree.unread().size());
        for (String folder : tree.unread()) out.writeUTF(folder);
        String[] paths = tree.stamps().keySet().toArray(new String[0]);
        Arrays.sort(paths);
        out.writeInt(paths.length);
        String previous = "";
        for (String path : paths) {
            int shared = sharedLength(previous, path);
            out.writeShort(shared);
            out.writeUTF(path.substring(shared));
            encode(Objects.requireNonNull(tree.stamps().get(path)), out);
            previous = path;
        }
    }

    private static int sharedLength(String first, String second) {
        int limit = Math.min(Math.min(first.length(), second.length()), 0xFFFF);
        int length = 0;
        while (length < limit && first.charAt(length) == second.charAt(length)) length++;
        return length;
    }

    private static void encode(FileStamp stamp, DataOutputStream out) throws IOException {
        out.writeInt(stamp.mode());
        out.writeLong(stamp.size());
        out.writeLong(stamp.mtime());
        out.writeLong(stamp.ctime());
        out.writeLong(stamp.inode());
        out.writeInt(stamp.links());
        if (stamp.evidence() instanceof Evidence.Hash hash) {
            out.writeByte(hash.recent() ? RECENT_HASH : HASH);
            out.writeLong(hash.value());
        } else if (stamp.evidence() instanceof Evidence.Target target) {
            out.writeByte(TARGET);
            out.writeUTF(target.text());
        } else {
            out.writeByte(stamp.evidence() == Evidence.Time.RECENT ? RECENT : SETTLED);
        }
    }

    /** Whether that is the beginning of a manifest. */
    static boolean isMarked(DataInputStream in) throws IOException {
        return in.readInt() == MARK;
    }

    static Tree decode(DataInputStream in, Path source) throws IOException {
        if (!isMarked(in)) throw new IOException("it is no manifest");
        int version = in.readInt();
        if (version > VERSION) {
            throw new TrailsException(
                    "workspace.manifest-newer",
                    source + " was written by a newer trails (format " + version + ", this one reads up to " + VERSION
                            + "); use that version for this session");
        }
        Set<String> unread = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) unread.add(in.readUTF());
        int count = in.readInt();
        Map<String, FileStamp> stamps = new HashMap<>(Math.min(Math.max(count, 0) * 4 / 3 + 1, MAX_INITIAL_CAPACITY));
        String previous = "";
        for (int left = count; left > 0; left--) {
            int shared = in.readUnsignedShort();
            if (shared > previous.length()) throw new IOException("a path in it is damaged");
            String path = previous.substring(0, shared) + in.readUTF();
            stamps.put(path, decodeStamp(in));
            previous = path;
        }
        return new Tree(stamps, unread);
    }

    private static FileStamp decodeStamp(DataInputStream in) throws IOException {
        return new FileStamp(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                decodeEvidence(in));
    }

    private static Evidence decodeEvidence(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case SETTLED -> Evidence.Time.SETTLED;
            case RECENT -> Evidence.Time.RECENT;
            case HASH -> new Evidence.Hash(in.readLong(), false);
            case RECENT_HASH -> new Evidence.Hash(in.readLong(), true);
            case TARGET -> new Evidence.Target(in.readUTF());
            default -> throw new IOException("it holds evidence of unknown kind " + kind);
        };
    }
}
