package io.trails.dagger.internal.files;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** How a manifest lies on the disk: counted fields, as names can hold anything, and a sum at the end that a torn file lacks. */
final class ManifestCodec {
    private static final int FORMAT = 0x74724d31;
    private static final int BUFFER = 1 << 16;

    private ManifestCodec() {}

    static void write(OutputStream target, ManifestPart part) throws IOException {
        var checked = new CheckedOutputStream(target, new CRC32());
        // Sums are cheap over much at once alone.
        var out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER));
        out.writeInt(FORMAT);
        out.writeLong(part.id());
        out.writeInt(part.stamps().size());
        for (Map.Entry<String, Optional<FileStamp>> entry : part.stamps().entrySet()) {
            out.writeUTF(entry.getKey());
            StampCodec.write(out, entry.getValue());
        }
        out.flush();
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    /** @throws IOException if it is torn, or of another format */
    static ManifestPart read(byte[] bytes) throws IOException {
        int end = bytes.length - Long.BYTES;
        if (end < 0) throw new IOException("it is torn");
        var sum = new CRC32();
        sum.update(bytes, 0, end);
        if (ByteBuffer.wrap(bytes).getLong(end) != sum.getValue()) throw new IOException("it is torn");
        var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
        if (in.readInt() != FORMAT) throw new IOException("it is of another format");
        long id = in.readLong();
        int count = in.readInt();
        var stamps = new TreeMap<String, Optional<FileStamp>>();
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            stamps.put(path, StampCodec.read(in));
        }
        return new ManifestPart(id, stamps);
    }
}
