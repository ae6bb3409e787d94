package io.trails.tmux.internal.place;

import io.trails.TrailsException;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** The files of the host. Thread-safe. Closing it ends its watches; the files can still be used. */
public final class HostPlace implements Place, AutoCloseable {
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int ATTEMPTS = 5;
    private static final FileAttribute<?> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final DirectoryWatches watches = new DirectoryWatches();

    @Override
    public byte[] read(String file, long from, int most) {
        // A pipe, which a program could put there, is not opened: that would wait.
        long left = size(file).orElse(0) - from;
        if (left <= 0) return new byte[0];
        // Not a channel: an interrupt would close it, and reading a file is no wait.
        try (var input = new RandomAccessFile(file, "r")) {
            byte[] bytes = new byte[(int) Math.min(most, left)];
            input.seek(from);
            int count = 0;
            while (count < bytes.length) {
                int more = input.read(bytes, count, bytes.length - count);
                if (more < 0) return Arrays.copyOf(bytes, count);
                count += more;
            }
            return bytes;
        } catch (FileNotFoundException e) {
            if (!Files.exists(Path.of(file))) return new byte[0];
            throw unreadable(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public OptionalLong size(String file) {
        try {
            BasicFileAttributes found = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            return found.isRegularFile() ? OptionalLong.of(found.size()) : OptionalLong.empty();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return OptionalLong.empty();
        } catch (IOException e) {
            if (!Files.exists(Path.of(file))) return OptionalLong.empty();
            throw unreadable(file, e);
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void link(String path, String target) {
        Path link = Path.of(path);
        Path wanted = Path.of(target);
        try {
            Files.createSymbolicLink(link, wanted);
        } catch (FileAlreadyExistsException known) {
            if (!isLinkTo(link, wanted)) throw unwritable(path, known);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static boolean isLinkTo(Path link, Path wanted) {
        try {
            return Files.readSymbolicLink(link).equals(wanted);
        } catch (IOException | UnsupportedOperationException other) {
            return false;
        }
    }

    @Override
    public List<String> list(String directory) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
            for (Path entry : entries) names.add(String.valueOf(entry.getFileName()));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(directory, e);
        }
        Collections.sort(names);
        return Collections.unmodifiableList(names);
    }

    @Override
    public void createDirectory(String directory) {
        try {
            Files.createDirectories(Path.of(directory), DIRECTORY);
        } catch (IOException e) {
            throw new TrailsException("terminal.unreadable", "The directory " + directory + " cannot be made: " + e, e);
        }
    }

    @Override
    public void write(String file, byte[] content) {
        Path target = Path.of(file);
        Path draft = target.resolveSibling("." + target.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".new");
        try {
            try {
                Files.createFile(draft, FILE);
                put(draft, content, false);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(draft);
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void append(String file, byte[] content) {
        Path target = Path.of(file);
        try {
            if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) create(target);
            put(target, content, true);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, FILE);
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) throw raced;
        }
    }

    private static void put(Path file, byte[] content, boolean append) throws IOException {
        // Not a channel, as above.
        try (var output = new FileOutputStream(file.toFile(), append)) {
            output.write(content);
        }
    }

    @Override
    public void delete(String path) {
        Path target = Path.of(path);
        try {
            for (int attempt = 1; !tryDelete(target, attempt == ATTEMPTS); attempt++) Thread.onSpinWait();
        } catch (IOException e) {
            throw new TrailsException("terminal.unreadable", path + " cannot be deleted: " + e, e);
        }
    }

    /** Somebody may put a last file into a directory between the look and the deletion. */
    private boolean tryDelete(Path target, boolean last) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : list(target.toString())) Files.deleteIfExists(target.resolve(name));
        }
        try {
            Files.deleteIfExists(target);
            return true;
        } catch (DirectoryNotEmptyException filled) {
            if (last) throw filled;
            return false;
        }
    }

    @Override
    public Watch watch(String directory) {
        return watches.watch(Path.of(directory));
    }

    @Override
    public void close() {
        watches.close();
    }

    private static TrailsException unreadable(String path, Exception cause) {
        return new TrailsException("terminal.unreadable", path + " cannot be read: " + cause, cause);
    }

    private static TrailsException unwritable(String path, Exception cause) {
        return new TrailsException("terminal.unreadable", path + " cannot be written: " + cause, cause);
    }
}
