package io.trails.worktree.internal.populate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Copies single files into a tree. A copy stays only if its own bytes have the id that the commit says, so that neither what
 * the source's index believes nor who writes the source meanwhile matters. Single-threaded; several may run beside each other.
 */
final class FileCopy {
    /** Up to here a file is checked before it is written. */
    private static final int SMALL = 1 << 20;

    /** git keeps sizes in 32 bits. */
    private static final long LARGEST = 0xffff_ffffL;

    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));
    private static final FileAttribute<?> PROGRAM =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));

    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    /**
     * git reads a file again, at each look, that is not older than its index by whole seconds: it could have been changed after
     * git looked. Nobody works in a new tree, so that its files may be said to be a bit older than they are; whoever changes one
     * gives it a later time.
     */
    private static final Duration OLDER = Duration.ofSeconds(2);

    private final ObjectHash hash;
    private final FileTime time;
    private final ByteBuffer buffer = ByteBuffer.allocate(SMALL);

    FileCopy(ObjectHash hash) {
        this.hash = hash;
        time = FileTime.from(Instant.now().minus(OLDER));
    }

    /** Gives the new file's stat; empty if git has to write it, and then there is none or not one of ours. */
    Optional<Stat> copy(Seed seed) throws IOException {
        boolean copied = false;
        try {
            BasicFileAttributes known =
                    Files.readAttributes(seed.from(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (known.isRegularFile() && known.size() <= LARGEST) {
                copied = known.size() <= SMALL ? small(seed, (int) known.size()) : large(seed);
                if (copied) age(seed);
            }
        } catch (IOException gits) {
            // It is gone, or may not be read, or the disk is full: git will say so.
            return Optional.empty();
        }
        return copied ? Optional.of(Stat.of(seed.to())) : Optional.empty();
    }

    private void age(Seed seed) throws IOException {
        // That it is no link is known, and asking for it again costs much over many files.
        Files.getFileAttributeView(seed.to(), BasicFileAttributeView.class).setTimes(time, time, null);
    }

    /** Where it grows meanwhile, its first bytes may still be those of the commit. */
    private boolean small(Seed seed, int size) throws IOException {
        buffer.clear().limit(size);
        try (FileChannel source = read(seed)) {
            while (buffer.hasRemaining()) {
                if (source.read(buffer) < 0) return false;
            }
        }
        buffer.flip();
        MessageDigest digest = hash.blob(buffer.remaining());
        digest.update(buffer.array(), 0, buffer.limit());
        if (!Arrays.equals(digest.digest(), seed.entry().id())) return false;
        FileChannel target = create(seed);
        return written(seed, target, () -> {
            while (buffer.hasRemaining()) target.write(buffer);
            return true;
        });
    }

    /** The system may share the blocks of both, so the check reads the copy. */
    private boolean large(Seed seed) throws IOException {
        if (!Stat.of(seed.from()).equals(seed.entry().stat())) return false;
        try (FileChannel source = read(seed)) {
            FileChannel target = create(seed);
            return written(seed, target, () -> {
                long size = source.size();
                long done = 0;
                while (done < size) {
                    long more = source.transferTo(done, size - done, target);
                    if (more <= 0) return false;
                    done += more;
                }
                return Arrays.equals(digest(target, size), seed.entry().id());
            });
        }
    }

    private interface Writing {
        boolean isRight() throws IOException;
    }

    /** Leaves no part of a file behind. */
    private static boolean written(Seed seed, FileChannel target, Writing writing) throws IOException {
        boolean right = false;
        try (target) {
            right = writing.isRight();
        } finally {
            if (!right) Files.deleteIfExists(seed.to());
        }
        return right;
    }

    private byte[] digest(FileChannel target, long size) throws IOException {
        MessageDigest digest = hash.blob(size);
        long at = 0;
        while (at < size) {
            buffer.clear();
            int read = target.read(buffer, at);
            if (read < 0) break;
            digest.update(buffer.array(), 0, read);
            at += read;
        }
        return digest.digest();
    }

    private static FileChannel read(Seed seed) throws IOException {
        return FileChannel.open(seed.from(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileChannel create(Seed seed) throws IOException {
        return FileChannel.open(
                seed.to(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                seed.entry().mode() == IndexEntry.PROGRAM ? PROGRAM : FILE);
    }

    /** The same for a symbolic link, which is never followed. */
    Optional<Stat> link(Seed seed) throws IOException {
        try {
            Path target = Files.readSymbolicLink(seed.from());
            byte[] content = target.toString().getBytes(NAMES);
            MessageDigest digest = hash.blob(content.length);
            if (!Arrays.equals(digest.digest(content), seed.entry().id())) return Optional.empty();
            Files.createSymbolicLink(seed.to(), target);
        } catch (IOException | UnsupportedOperationException gits) {
            return Optional.empty();
        }
        return Optional.of(Stat.of(seed.to()));
    }
}
