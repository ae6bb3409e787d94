package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** A folder where the platform cannot hold one: looked at again before each step, which leaves no more than an instant. */
final class NamedFolder implements Folder {
    private final Path path;
    private final StampReader stamps;

    NamedFolder(Path path) {
        this.path = path;
        this.stamps = new StampReader(path);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Folder child(String name) throws IOException {
        Path child = path.resolve(name);
        if (!Files.exists(child, LinkOption.NOFOLLOW_LINKS)) throw new NoSuchFileException(child.toString());
        var folder = new NamedFolder(child);
        folder.check();
        return folder;
    }

    @Override
    public void move(String name, Folder to, String newName) throws IOException {
        check();
        if (to instanceof NamedFolder target) target.check();
        Files.move(
                path.resolve(name),
                to.path().resolve(newName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void take(Path file, String name) throws IOException {
        check();
        Files.move(file, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void deleteFile(String name) throws IOException {
        check();
        Files.delete(path.resolve(name));
    }

    @Override
    public void deleteDirectory(String name) throws IOException {
        check();
        Files.delete(path.resolve(name));
    }

    @Override
    public void setMode(String name, int mode) throws IOException {
        check();
        Permissions.set(path.resolve(name), mode);
    }

    @Override
    public void setMode(int mode) throws IOException {
        Permissions.set(path, mode);
    }

    @Override
    public Optional<FileStamp> stamp(String name) throws IOException {
        check();
        return stamps.find(path.resolve(name));
    }

    @Override
    public int mode() throws IOException {
        return Permissions.get(path);
    }

    @Override
    public Set<String> names(String name) throws IOException {
        Folder child = child(name);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(child.path())) {
            return Folder.names(entries);
        }
    }

    @Override
    public boolean isFile(String name) throws IOException {
        check();
        return Files.isRegularFile(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
        check();
        return Files.newByteChannel(path.resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public SeekableByteChannel create(String name) throws IOException {
        check();
        return Files.newByteChannel(
                path.resolve(name),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void close() {}

    private void check() throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) throw new NotDirectoryException(path.toString());
    }
}
