package io.trails.dagger.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Copies files of a workspace that hold still meanwhile, out of the directories they are in and not from behind a link that takes the
 * place of one. Single-threaded.
 */
final class StillCopy implements Closeable {
    private static final Set<OpenOption> ANEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);

    private final FolderWay way;
    private final Path directory;
    private final FileAttribute<?>[] own;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Contents.BUFFER);
    private Path parent;

    /** @param directory where the copies go, which is there */
    StillCopy(Path root, Path directory) {
        this.way = new FolderWay(root);
        this.directory = directory;
        this.own = Permissions.attributes(directory, 0600);
        this.parent = directory;
    }

    /** False if it is not as it was seen, or does not stay so: then there is no copy. */
    boolean copy(String path, FileStamp seen) throws IOException {
        Path to = directory.resolve(path);
        if (seen.type() == FileType.DIRECTORY) {
            Files.createDirectories(to);
            return true;
        }
        if (!isAsSeen(path, seen)) return false;
        makeParent(to);
        try {
            if (seen.type() == FileType.SYMLINK) copyLink(path, seen, to);
            else Uninterrupted.run(() -> copyFile(path, seen, to));
            if (isAsSeen(path, seen)) return true;
        } catch (ChangedMeanwhileException elsewhere) {
            way.close();
        } catch (IOException failed) {
            if (isAsSeen(path, seen)) throw failed;
        }
        Files.deleteIfExists(to);
        return false;
    }

    private void makeParent(Path to) throws IOException {
        if (parent.equals(to.getParent())) return;
        parent = Files.createDirectories(to.getParent());
    }

    private boolean isAsSeen(String path, FileStamp seen) throws IOException {
        try {
            Optional<FileStamp> now = way.stamp(path);
            return now.isPresent() && now.get().sameAs(seen);
        } catch (NoSuchFileException | NotDirectoryException | ChangedMeanwhileException elsewhere) {
            way.close();
            return false;
        }
    }

    private void copyLink(String path, FileStamp seen, Path to) throws IOException {
        Files.deleteIfExists(to);
        Files.createSymbolicLink(to, way.target(path, seen));
    }

    private void copyFile(String path, FileStamp seen, Path to) throws IOException {
        try (SeekableByteChannel in = way.to(path).read(FolderWay.name(path));
                FileChannel out = FileChannel.open(to, ANEW, own)) {
            Contents.copy(in, out, buffer, seen.size());
        }
        Files.getFileAttributeView(to, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(seen.modified(), TimeUnit.NANOSECONDS), null, null);
        Permissions.set(to, seen.mode());
    }

    @Override
    public void close() throws IOException {
        way.close();
    }
}
