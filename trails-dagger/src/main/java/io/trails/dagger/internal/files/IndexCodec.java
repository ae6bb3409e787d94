package io.trails.dagger.internal.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32;

/** How an index lies on the disk: counted fields, as names can hold anything, and a sum at the end that a torn file lacks. */
final class IndexCodec {
    private static final int FORMAT = 0x74725033;

    private IndexCodec() {}

    static byte[] encode(Generation generation) {
        PendingIndex index = generation.index();
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeLong(generation.durable());
            out.writeInt(generation.changes().size());
            for (UUID change : generation.changes()) {
                out.writeLong(change.getMostSignificantBits());
                out.writeLong(change.getLeastSignificantBits());
            }
            out.writeBoolean(index.applying());
            out.writeInt(index.entries().size());
            for (Pending entry : index.entries().values()) write(out, entry);
            out.writeInt(index.withheld().size());
            for (Map.Entry<String, Withheld> each : index.withheld().entrySet()) {
                out.writeUTF(each.getKey());
                out.writeBoolean(each.getValue().lost());
                out.writeInt(each.getValue().holders().size());
                for (String holder : each.getValue().holders()) out.writeUTF(holder);
                writeBase(out, each.getValue().base());
            }
            var sum = new CRC32();
            sum.update(bytes.toByteArray());
            out.writeLong(sum.getValue());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if it is torn, or of another format */
    static Generation decode(long number, byte[] bytes) throws IOException {
        if (bytes.length < Long.BYTES) throw new IOException("it is torn");
        var sum = new CRC32();
        sum.update(bytes, 0, bytes.length - Long.BYTES);
        var end = new DataInputStream(
                new ByteArrayInputStream(Arrays.copyOfRange(bytes, bytes.length - Long.BYTES, bytes.length)));
        if (end.readLong() != sum.getValue()) throw new IOException("it is torn");
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != FORMAT) throw new IOException("it is of another format");
        long durable = in.readLong();
        var changes = new ArrayList<UUID>();
        for (int left = in.readInt(); left > 0; left--) changes.add(new UUID(in.readLong(), in.readLong()));
        boolean applying = in.readBoolean();
        int count = in.readInt();
        var entries = new TreeMap<String, Pending>();
        for (int i = 0; i < count; i++) {
            Pending entry = read(in);
            entries.put(entry.path(), entry);
        }
        return new Generation(number, durable, changes, new PendingIndex(entries, withheld(in), applying));
    }

    private static NavigableMap<String, Withheld> withheld(DataInputStream in) throws IOException {
        var withheld = new TreeMap<String, Withheld>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            boolean lost = in.readBoolean();
            var holders = new HashSet<String>();
            for (int left = in.readInt(); left > 0; left--) holders.add(in.readUTF());
            withheld.put(path, new Withheld(readBase(in), holders, lost));
        }
        return withheld;
    }

    private static void writeBase(DataOutputStream out, Optional<FileStamp> base) throws IOException {
        out.writeBoolean(base.isPresent());
        if (base.isPresent()) StampCodec.write(out, base);
    }

    private static Optional<FileStamp> readBase(DataInputStream in) throws IOException {
        return in.readBoolean() ? StampCodec.read(in) : Optional.empty();
    }

    private static void write(DataOutputStream out, Pending entry) throws IOException {
        out.writeUTF(entry.path());
        StampCodec.writeType(out, entry.wanted());
        out.writeInt(entry.mode());
        out.writeLong(entry.size());
        out.writeUTF(entry.arrival());
        writeBase(out, entry.base());
    }

    private static Pending read(DataInputStream in) throws IOException {
        String path = in.readUTF();
        Optional<FileType> wanted = StampCodec.readType(in);
        int mode = in.readInt();
        long size = in.readLong();
        String arrival = in.readUTF();
        return new Pending(path, wanted, mode, size, arrival, readBase(in));
    }
}
