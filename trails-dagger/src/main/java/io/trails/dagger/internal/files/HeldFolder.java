package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.Set;

/** A folder that the system holds open. */
final class HeldFolder implements Folder {
    private final Path path;
    private final SecureDirectoryStream<Path> stream;
    private final StampReader stamps;

    HeldFolder(Path path, SecureDirectoryStream<Path> stream) {
        this(path, stream, new StampReader(path));
    }

    private HeldFolder(Path path, SecureDirectoryStream<Path> stream, StampReader stamps) {
        this.path = path;
        this.stream = stream;
        this.stamps = stamps;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Folder child(String name) throws IOException {
        Path child = name(name);
        Path whole = path.resolve(child);
        // To open a pipe would wait for who writes to it.
        if (!look(child).isDirectory()) throw new NotDirectoryException(whole.toString());
        return new HeldFolder(whole, TreeWalk.open(stream, whole), stamps);
    }

    @Override
    public void move(String name, Folder to, String newName) throws IOException {
        if (!(to instanceof HeldFolder target)) throw new IllegalArgumentException(to.path() + " is not held");
        stream.move(name(name), target.stream, name(newName));
    }

    @Override
    public void take(Path file, String name) throws IOException {
        stream.move(file.toAbsolutePath(), stream, name(name));
    }

    @Override
    public void deleteFile(String name) throws IOException {
        stream.deleteFile(name(name));
    }

    @Override
    public void deleteDirectory(String name) throws IOException {
        stream.deleteDirectory(name(name));
    }

    @Override
    public void setMode(String name, int mode) throws IOException {
        PosixFileAttributeView view =
                stream.getFileAttributeView(name(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) view.setPermissions(Permissions.of(mode));
    }

    @Override
    public void setMode(int mode) throws IOException {
        PosixFileAttributeView view = stream.getFileAttributeView(PosixFileAttributeView.class);
        if (view != null) view.setPermissions(Permissions.of(mode));
    }

    @Override
    public Optional<FileStamp> stamp(String name) throws IOException {
        Path file = name(name);
        BasicFileAttributes here;
        try {
            here = look(file);
        } catch (NoSuchFileException absent) {
            if (!isInPlace()) throw new ChangedMeanwhileException(path.toString());
            return Optional.empty();
        }
        return stamps.find(path.resolve(file), here.fileKey());
    }

    private boolean isInPlace() throws IOException {
        Object held = stream.getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey();
        try {
            return held.equals(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (FileSystemException gone) {
            return false;
        }
    }

    private BasicFileAttributes look(Path name) throws IOException {
        return stream.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @Override
    public int mode() throws IOException {
        PosixFileAttributeView view = stream.getFileAttributeView(PosixFileAttributeView.class);
        return view == null ? -1 : Permissions.of(view.readAttributes().permissions());
    }

    @Override
    public Set<String> names(String name) throws IOException {
        Path child = path.resolve(name(name));
        if (!look(name(name)).isDirectory()) throw new NotDirectoryException(child.toString());
        try (DirectoryStream<Path> entries = TreeWalk.open(stream, child)) {
            return Folder.names(entries);
        }
    }

    @Override
    public boolean isFile(String name) throws IOException {
        try {
            return look(name(name)).isRegularFile();
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
        return stream.newByteChannel(name(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public SeekableByteChannel create(String name) throws IOException {
        return stream.newByteChannel(
                name(name),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
                Permissions.attributes(path, 0600));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private Path name(String name) {
        return path.getFileSystem().getPath(name);
    }
}
