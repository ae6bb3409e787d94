package io.trails.tck;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.FileConflict;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.SandboxCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Three trees: what somebody else has, what the session has, and what both last had in common. */
class MirrorCopy implements SandboxCopy {
    final MirrorTrees trees;
    final Path location;
    final Path files;
    final Path base;
    private final Path checkpoints;

    MirrorCopy(MirrorTrees trees, Path location, Path own) {
        this.trees = trees;
        this.location = location;
        files = own.resolve("mirror/files");
        base = own.resolve("mirror/base");
        checkpoints = own.resolve("mirror/checkpoints");
    }

    boolean exists() {
        return Files.isDirectory(files) && Files.isDirectory(base);
    }

    /** Starts, or goes on where a crash interrupted. */
    synchronized void create() {
        if (exists()) return;
        trees.delete(files.getParent());
        trees.copy(location, files);
        trees.copy(location, base);
    }

    synchronized void remove() {
        trees.delete(files.getParent());
    }

    /** Takes up what somebody else changed and the session did not. */
    synchronized void refresh() {
        SortedSet<String> theirs = trees.differences(base, location);
        SortedSet<String> ours = trees.differences(base, files);
        theirs.removeIf(path -> touches(ours, path));
        trees.replicate(theirs, location, files);
        trees.replicate(theirs, location, base);
    }

    /** Whether it, what it is in or what is in it is among the paths. */
    private static boolean touches(SortedSet<String> paths, String path) {
        return paths.stream()
                .anyMatch(each -> each.equals(path) || each.startsWith(path + "/") || path.startsWith(each + "/"));
    }

    /** What the session changed and somebody else too, to something else. */
    SortedSet<String> conflicts() {
        SortedSet<String> both = trees.differences(base, files);
        SortedSet<String> theirs = trees.differences(base, location);
        SortedSet<String> unlike = trees.differences(files, location);
        both.removeIf(path -> !touches(theirs, path) || !unlike.contains(path));
        return both;
    }

    @Override
    public synchronized Changes pending() {
        return new Changes(changes(trees.differences(base, files)), List.of());
    }

    private List<Change> changes(SortedSet<String> paths) {
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            boolean before = Files.exists(base.resolve(path), LinkOption.NOFOLLOW_LINKS);
            boolean now = Files.exists(files.resolve(path), LinkOption.NOFOLLOW_LINKS);
            Change.Kind kind = before && now ? Change.Kind.MODIFIED : now ? Change.Kind.ADDED : Change.Kind.DELETED;
            changes.add(Change.of(path, kind));
        }
        return changes;
    }

    @Override
    public synchronized BroughtBack bringBack() {
        SortedSet<String> conflicts = conflicts();
        SortedSet<String> ours = trees.differences(base, files);
        ours.removeIf(path -> touches(conflicts, path));
        List<Change> changes = changes(ours);
        trees.replicate(ours, files, location);
        trees.replicate(ours, files, base);
        return new BroughtBack(changes, described(conflicts), List.of());
    }

    private List<FileConflict> described(SortedSet<String> conflicts) {
        Reason reason = Reason.of("mirror.conflict", "Somebody else changed it too", "decide, and write it there");
        return conflicts.stream()
                .map(path ->
                        new FileConflict(path, Optional.of(files.resolve(path)).filter(Files::exists), reason))
                .toList();
    }

    @Override
    public synchronized BroughtBack bringBackAll() {
        SortedSet<String> conflicts = conflicts();
        return conflicts.isEmpty() ? bringBack() : new BroughtBack(List.of(), described(conflicts), List.of());
    }

    @Override
    public synchronized void export(Path directory) {
        if (Files.exists(directory)) {
            throw new TrailsException("sandbox.export-refused", directory + " exists; name a new directory");
        }
        trees.copy(files, directory);
    }

    @Override
    public void exportImage(Path archive) {
        throw new TrailsException("sandbox.unsupported", "A mirror has no system of its own");
    }

    @Override
    public synchronized void checkpoint(Checkpoint checkpoint) {
        Path directory = checkpoints.resolve(checkpoint.id());
        trees.copy(files, directory.resolve("files"));
        String line = checkpoint.session() + "\n" + checkpoint.createdAt() + "\n" + checkpoint.label();
        try {
            Files.writeString(directory.resolve("told"), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized List<Checkpoint> checkpoints() {
        List<Checkpoint> all = new ArrayList<>();
        if (!Files.isDirectory(checkpoints)) return all;
        try (var entries = Files.list(checkpoints)) {
            for (Path entry : entries.sorted().toList()) {
                String[] told = Files.readString(entry.resolve("told")).split("\n", 3);
                all.add(new Checkpoint(entry.getFileName().toString(), told[0], told[2], Instant.parse(told[1])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Override
    public synchronized void restore(Checkpoint checkpoint) {
        Path then = checkpoints.resolve(checkpoint.id()).resolve("files");
        trees.replicate(new TreeSet<>(trees.differences(then, files)), then, files);
    }
}
