package io.trails.dagger.internal.files;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/** How stamps lie on the disk. */
final class StampCodec {
    private static final char NOTHING = '-';

    private StampCodec() {}

    static void writeType(DataOutputStream out, Optional<FileType> type) throws IOException {
        out.writeByte(type.isPresent() ? code(type.get()) : NOTHING);
    }

    static Optional<FileType> readType(DataInputStream in) throws IOException {
        byte code = in.readByte();
        return switch (code) {
            case 'f' -> Optional.of(FileType.FILE);
            case 'd' -> Optional.of(FileType.DIRECTORY);
            case 'l' -> Optional.of(FileType.SYMLINK);
            case NOTHING -> Optional.empty();
            default -> throw new IOException("it holds a file of type " + code);
        };
    }

    private static char code(FileType type) {
        return switch (type) {
            case FILE -> 'f';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
        };
    }

    static void write(DataOutputStream out, Optional<FileStamp> stamp) throws IOException {
        writeType(out, stamp.map(FileStamp::type));
        if (stamp.isEmpty()) return;
        out.writeLong(stamp.get().size());
        out.writeLong(stamp.get().modified());
        out.writeInt(stamp.get().mode());
        out.writeLong(stamp.get().inode());
        out.writeLong(stamp.get().changed());
        out.writeBoolean(stamp.get().fresh());
    }

    static Optional<FileStamp> read(DataInputStream in) throws IOException {
        Optional<FileType> type = readType(in);
        if (type.isEmpty()) return Optional.empty();
        return Optional.of(new FileStamp(
                type.get(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean()));
    }
}
