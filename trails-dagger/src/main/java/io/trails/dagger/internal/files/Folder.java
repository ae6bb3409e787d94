package io.trails.dagger.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that is held, so that what is done in it is done in it and not behind a link that took its place. No
 * operation follows a link. Single-threaded.
 */
interface Folder extends Closeable {
    @SuppressWarnings("StreamResourceLeak") // Whoever opens the folder closes it.
    static Folder open(Path directory) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        if (!(stream instanceof SecureDirectoryStream<Path>)) stream.close();
        return of(directory, stream);
    }

    /** The folder that a stream holds, for as long as it is open. */
    @SuppressWarnings("StreamResourceLeak") // Whoever opened the stream closes it.
    static Folder of(Path directory, DirectoryStream<Path> stream) {
        if (stream instanceof SecureDirectoryStream<Path> secure) return new HeldFolder(directory, secure);
        return new NamedFolder(directory);
    }

    /** Of what a stream gives, which gives it once. */
    static Set<String> names(DirectoryStream<Path> entries) throws IOException {
        var names = new HashSet<String>();
        try {
            for (Path entry : entries) names.add(String.valueOf(entry.getFileName()));
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return names;
    }

    Path path();

    /**
     * Opens a folder in this one.
     *
     * @throws java.nio.file.NotDirectoryException also for a link
     */
    Folder child(String name) throws IOException;

    /**
     * Moves at once, and over a file that is there.
     *
     * @throws AtomicMoveNotSupportedException if the folders are on different file systems
     */
    void move(String name, Folder to, String newName) throws IOException;

    /** Moves a private file in, whose path nobody else can change. */
    void take(Path file, String name) throws IOException;

    void deleteFile(String name) throws IOException;

    /**
     * Deletes an empty directory.
     *
     * @throws java.nio.file.DirectoryNotEmptyException if something is in it
     */
    void deleteDirectory(String name) throws IOException;

    void setMode(String name, int mode) throws IOException;

    /** By its path, as platforms round what is done in a held folder; at the end of it no link is followed. */
    default void setModified(String name, FileTime time) throws IOException {
        Files.getFileAttributeView(path().resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    /** The permissions of the folder itself; negative where the platform has none. */
    int mode() throws IOException;

    /** Changes the permissions of the folder itself. */
    void setMode(int mode) throws IOException;

    /**
     * What is there; empty for nothing, and for what is neither file nor directory nor link.
     *
     * @throws ChangedMeanwhileException if the folder has gone from its path, or another one is there
     */
    Optional<FileStamp> stamp(String name) throws IOException;

    /**
     * What is in a folder of this one.
     *
     * @throws java.nio.file.NotDirectoryException also for a link
     */
    Set<String> names(String name) throws IOException;

    boolean isFile(String name) throws IOException;

    SeekableByteChannel read(String name) throws IOException;

    /**
     * Creates a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is anything of that name
     */
    SeekableByteChannel create(String name) throws IOException;
}
