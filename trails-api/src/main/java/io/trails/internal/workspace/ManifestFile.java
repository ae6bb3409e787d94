package io.trails.internal.workspace;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.ResourceLostException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** The file a session's baseline is kept in, readable by its owner only. Whole or not there: it is written aside and renamed. */
final class ManifestFile {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path path;
    private final Path draft;

    ManifestFile(Path path) {
        this.path = path;
        draft = path.resolveSibling(path.getFileName() + ".new");
    }

    boolean exists() {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a manifest is there that {@link #read} will accept. One of a newer version is not: it is refused. */
    boolean isComplete() {
        if (!exists()) return false;
        try {
            decode();
            return true;
        } catch (ClosedByInterruptException e) {
            throw interrupted("reading", e);
        } catch (IOException incomplete) {
            return false;
        }
    }

    /** Writes what the walk finds, once the file system's clock is known. Leaves nothing behind if that fails. */
    void write(TreeWalk walk) {
        try {
            Files.deleteIfExists(draft);
            try (FileChannel channel = FileChannel.open(draft, NEW, ownerOnly())) {
                long now = Math.min(
                        TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
                        Files.getLastModifiedTime(draft).to(TimeUnit.NANOSECONDS));
                encode(new Baseline(walk, new Freshness(now)).take(), channel);
                // The engine's own state is written and forced after this, which also makes the rename durable.
                channel.force(true);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (ClosedByInterruptException e) {
            discardDraft(e);
            throw interrupted("writing", e);
        } catch (IOException e) {
            discardDraft(e);
            throw new TrailsException(
                    "workspace.manifest-unwritable",
                    "The list of the project's files could not be written to " + path + ": " + e.getMessage()
                            + "; make room on the disk or make its folder writable, then open the session again",
                    e);
        }
    }

    private void discardDraft(IOException cause) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private static void encode(Tree tree, FileChannel channel) throws IOException {
        var sum = new CRC32C();
        var out = new DataOutputStream(
                new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), sum));
        ManifestCodec.encode(tree, out);
        out.flush();
        out.writeLong(sum.getValue());
        out.flush();
    }

    /** What was written. */
    Tree read() {
        try {
            return decode();
        } catch (NoSuchFileException gone) {
            throw lost();
        } catch (ClosedByInterruptException e) {
            throw interrupted("reading", e);
        } catch (IOException e) {
            throw new TrailsException(
                    "workspace.manifest-corrupt",
                    "The list of the project's files at session start, " + path + ", cannot be read: " + e.getMessage()
                            + "; the files themselves are untouched; remove the session and open a new one to get a new list",
                    e);
        }
    }

    private Tree decode() throws IOException {
        var sum = new CRC32C();
        try (var in = new DataInputStream(new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), 1 << 16), sum))) {
            Tree tree = ManifestCodec.decode(in, path);
            long expected = sum.getValue();
            if (in.readLong() != expected) throw new IOException("its checksum does not fit");
            return tree;
        }
    }

    private TrailsInterruptedException interrupted(String doing, ClosedByInterruptException cause) {
        var interrupt = new InterruptedException();
        interrupt.initCause(cause);
        return new TrailsInterruptedException(doing + " the manifest " + path, interrupt);
    }

    ResourceLostException lost() {
        return new ResourceLostException("The list of the project's files at session start, " + path
                + ", is gone; the files themselves are untouched; remove the session and open a new one");
    }

    /** Whether what is there, if anything, is a manifest, be it damaged: a path in a stored plan could lead anywhere. */
    boolean isOurs() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return true;
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) return false;
        try (var in = new DataInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))) {
            return ManifestCodec.isMarked(in);
        } catch (EOFException cutOff) {
            return true;
        }
    }

    /** Whether something was there to delete. */
    boolean delete() throws IOException {
        boolean hadDraft = Files.deleteIfExists(draft);
        return Files.deleteIfExists(path) || hadDraft;
    }
}
