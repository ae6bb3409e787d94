package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that arrived and are not in the workspace yet. Moves them if it can and copies them if it must. Single-threaded. */
final class Contents {
    static final int BUFFER = 1 << 16;
    private static final int OWN = 0600;
    private static final int OWNER_READS = 0400;

    private final Path arrivals;
    private final Scratch scratch;
    /** Copies made in advance, by path. */
    private final Map<String, String> copies = new HashMap<>();

    private boolean far;

    Contents(Path arrivals, Scratch scratch) {
        this.arrivals = arrivals;
        this.scratch = scratch;
    }

    /** From now on copies at once, without trying to move. */
    void beFar() {
        far = true;
    }

    boolean isFar() {
        return far;
    }

    /** Makes the copy that {@link #moveTo} will need, so that a full disk shows before anything is changed. */
    void prepare(Pending entry) throws IOException {
        if (far) copies.put(entry.path(), copyToScratch(entry, scratch.folder()));
    }

    /** A last look at the workspace, after all that takes time. */
    interface Check {
        void run() throws IOException;
    }

    /** Puts the file into a folder of the workspace. */
    void moveTo(Pending entry, Folder target, Check check) throws IOException {
        if (!far && !hasOtherNames(entry) && tryMove(entry, target, check)) return;
        String copy = copies.get(entry.path());
        scratch.run(folder -> {
            String from = copy != null ? copy : copyToScratch(entry, folder);
            check.run();
            folder.move(from, target, FolderWay.name(entry.path()));
        });
        // A copy is kept for as long as it may have to be taken back.
        if (copy == null) Files.deleteIfExists(source(entry));
    }

    /** An engine exports names of one file as such: what is done to one of them would show as done to the others. */
    private boolean hasOtherNames(Pending entry) throws IOException {
        Path file = source(entry);
        if (isLink(entry) || !file.getFileSystem().supportedFileAttributeViews().contains("unix")) return false;
        return Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names && names > 1;
    }

    private boolean tryMove(Pending entry, Folder target, Check check) throws IOException {
        ready(entry, source(entry));
        check.run();
        try {
            target.take(source(entry), FolderWay.name(entry.path()));
            return true;
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            return false;
        }
    }

    /** Takes a file back out of the workspace. */
    void takeBack(Pending entry, Folder from) throws IOException {
        String name = FolderWay.name(entry.path());
        if (far) {
            from.deleteFile(name);
            return;
        }
        try (var way = new FolderWay(arrivals.resolve(entry.arrival()))) {
            from.move(name, way.to(entry.path()), name);
        }
    }

    private Path source(Pending entry) {
        return arrivals.resolve(entry.arrival()).resolve(entry.path());
    }

    private String copyToScratch(Pending entry, Folder folder) throws IOException {
        String name = scratch.newName();
        if (isLink(entry)) {
            // No platform makes one in a held folder.
            Files.createSymbolicLink(folder.path().resolve(name), Files.readSymbolicLink(source(entry)));
            return name;
        }
        Permissions.set(source(entry), OWN);
        try (SeekableByteChannel in =
                Files.newByteChannel(source(entry), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            copy(in, folder, name, entry.size());
        }
        folder.setModified(name, FileTime.from(Instant.now()));
        folder.setMode(name, entry.mode());
        return name;
    }

    /** Leaves nothing where there is no room for all of it. */
    static void copy(SeekableByteChannel in, Folder folder, String name, long size) throws IOException {
        @Nullable IOException failure = null;
        try (SeekableByteChannel out = folder.create(name)) {
            copy(in, out, ByteBuffer.allocate(BUFFER), size);
        } catch (IOException noRoom) {
            failure = noRoom;
        }
        if (failure == null) return;
        folder.deleteFile(name);
        throw failure;
    }

    /** Copies as much as there was at the look at the file, as one may grow as fast as it is copied. */
    static void copy(SeekableByteChannel in, SeekableByteChannel out, ByteBuffer buffer, long size) throws IOException {
        for (long left = size; left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            if (in.read(buffer) < 0) return;
            buffer.flip();
            while (buffer.hasRemaining()) out.write(buffer);
        }
    }

    /** The time is that of its coming, as for whoever builds in the workspace it is new now. */
    private static void ready(Pending entry, Path file) throws IOException {
        if (isLink(entry)) return;
        int mode = Permissions.get(file);
        if ((mode & OWNER_READS) == 0) {
            // Its time could not be set.
            mode = OWN;
            Permissions.set(file, mode);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        if (mode != entry.mode()) Permissions.set(file, entry.mode());
    }

    private static boolean isLink(Pending entry) {
        return entry.wanted().isPresent() && entry.wanted().get() == FileType.SYMLINK;
    }
}
