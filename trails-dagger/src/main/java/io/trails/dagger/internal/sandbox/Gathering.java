package io.trails.dagger.internal.sandbox;

import io.trails.TrailsException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.files.UploadPattern;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/**
 * Fetches files where all of them at once cannot be had: an engine gives up an export at the first thing that the user of its program
 * cannot write, such as a file in a directory that is read-only, or a device. Each comes as what it is, or not at all.
 * Single-threaded, for one time.
 */
final class Gathering {
    private final Surroundings with;
    private final Situation situation;
    private final DirectoryId now;
    private final Path staging;
    private final Set<String> directories;
    private final List<String> lacking = new ArrayList<>();
    /** Directories without the permissions that they have in the container; what is deeper comes first. */
    private final TreeSet<String> opened = new TreeSet<>((one, other) -> other.compareTo(one));

    /** @param directories which of them come, too */
    Gathering(Surroundings with, Situation situation, DirectoryId now, Path staging, Set<String> directories) {
        this.with = with;
        this.situation = situation;
        this.now = now;
        this.staging = staging;
        this.directories = directories;
    }

    /**
     * Fetches what can be had.
     *
     * @return what cannot
     */
    List<String> gather(List<String> paths) {
        halves(paths);
        opened.forEach(this::close);
        return lacking;
    }

    private void halves(List<String> paths) {
        int half = (paths.size() + 1) / 2;
        fetch(paths.subList(0, half));
        if (half < paths.size()) fetch(paths.subList(half, paths.size()));
    }

    private void fetch(List<String> paths) {
        try {
            Fetching.export(situation, with, Graph.directory(now), paths, staging);
        } catch (GraphException failed) {
            String parent = parent(paths.get(0));
            if (paths.stream().allMatch(path -> parent(path).equals(parent))) fetchOf(parent, paths);
            else halves(paths);
        }
    }

    /** What a directory allows keeps nobody from writing what was in it elsewhere. */
    private void fetchOf(String parent, List<String> paths) {
        Path folder = staging.resolve(parent);
        List<String> names = paths.stream()
                .map(path -> parent.isEmpty() ? path : path.substring(parent.length() + 1))
                .toList();
        try {
            open(parent);
            // The engine's program would leave what replaces a file beside it if it failed there.
            for (String name : names) forget(folder, name);
            Fetching.export(situation, with, in(parent), names, folder);
        } catch (GraphException | IOException failed) {
            if (paths.size() == 1) {
                alone(folder, names.get(0), paths.get(0), failed);
                return;
            }
            int half = paths.size() / 2;
            fetchOf(parent, paths.subList(0, half));
            fetchOf(parent, paths.subList(half, paths.size()));
        }
    }

    private DirectoryStep in(String parent) {
        DirectoryStep all = Graph.directory(now);
        return parent.isEmpty() ? all : all.directory(parent);
    }

    private void alone(Path folder, String name, String path, Exception failed) {
        LoggerFactory.getLogger(Gathering.class).debug("A file cannot be had", failed);
        try {
            if (name.endsWith("/")) {
                Files.createDirectories(folder.resolve(name));
                return;
            }
            forget(folder, name);
        } catch (IOException e) {
            LoggerFactory.getLogger(Gathering.class).debug("Neither can it be made", e);
            if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) throw unsorted(e);
        }
        lacking.add(path);
    }

    /** A part of a file must not pass for the whole. */
    private static void forget(Path folder, String name) throws IOException {
        if (!name.endsWith("/")) Files.deleteIfExists(folder.resolve(name));
    }

    /** Makes directories down to this one, and what was begun writable. */
    private void open(String directory) throws IOException {
        open(staging);
        for (int end = 0; end >= 0 && !directory.isEmpty(); ) {
            end = directory.indexOf('/', end + 1);
            String part = end < 0 ? directory : directory.substring(0, end);
            Path folder = staging.resolve(part);
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) open(folder);
            else Files.createDirectory(folder);
            if (directories.contains(part)) opened.add(part);
        }
    }

    private static void open(Path folder) throws IOException {
        var view = Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) return;
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        permissions.addAll(view.readAttributes().permissions());
        view.setPermissions(permissions);
    }

    /** Gives a directory the permissions that it has in the container. */
    private void close(String directory) {
        String name = directory.substring(directory.lastIndexOf('/') + 1);
        String parent = parent(directory);
        String pattern = UploadPattern.of(name);
        var empty = in(parent).filter(List.of(pattern + "/*"), List.of(pattern));
        try {
            situation.engine().ask(with.patience(), empty.export(staging.resolve(parent)));
        } catch (GraphException failed) {
            // What is in it is of use with other permissions as well.
            LoggerFactory.getLogger(Gathering.class).debug("A directory has other permissions", failed);
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/', path.length() - 2);
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private TrailsException unsorted(IOException cause) {
        return new TrailsException(
                "dagger.files-unwritable", "What came from a container cannot be sorted in " + staging, cause);
    }
}
