package io.trails.internal.engine;

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
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The plainest copy of text files there can be: beside it lies what the originals were when it was taken. */
final class FileCopy implements SandboxCopy {
    private final CopyingSandbox provider;
    private final Path location;
    private final Path own;
    /** Whoever works on the copy has it, as one who does so badly would let others wait. */
    final ReentrantLock turn = new ReentrantLock();

    FileCopy(CopyingSandbox provider, Path location, Path own) {
        this.provider = provider;
        this.location = location;
        this.own = own;
    }

    Path files() {
        return own.resolve("copy");
    }

    private Path base() {
        return own.resolve("base");
    }

    void begin() {
        if (Files.isDirectory(base())) return;
        write(files(), read(location));
        write(base(), read(location));
    }

    private static Map<String, String> read(Path root) {
        var files = new TreeMap<String, String>();
        if (!Files.isDirectory(root)) return files;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith(".trails")) files.put(name, Files.readString(file));
            }
            return files;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path root, Map<String, String> files) {
        try {
            Files.createDirectories(root);
            for (String name : read(root).keySet()) if (!files.containsKey(name)) Files.delete(root.resolve(name));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private record Look(List<Change> changes, List<FileConflict> conflicts) {}

    private Look look() {
        Map<String, String> then = read(base());
        Map<String, String> theirs = read(location);
        Map<String, String> ours = read(files());
        var names = new TreeMap<>(then);
        names.putAll(ours);
        List<Change> changes = new ArrayList<>();
        List<FileConflict> conflicts = new ArrayList<>();
        for (String name : names.keySet()) {
            Optional<String> before = Optional.ofNullable(then.get(name));
            Optional<String> now = Optional.ofNullable(ours.get(name));
            Optional<String> there = Optional.ofNullable(theirs.get(name));
            if (now.equals(before) || now.equals(there)) continue;
            Change.Kind kind = before.isEmpty() ? Change.Kind.ADDED : Change.Kind.MODIFIED;
            if (now.isEmpty()) kind = Change.Kind.DELETED;
            if (there.equals(before)) changes.add(Change.of(name, kind));
            else conflicts.add(conflict(name));
        }
        return new Look(changes, conflicts);
    }

    private FileConflict conflict(String name) {
        return new FileConflict(
                name,
                Optional.of(files().resolve(name)),
                Reason.of("test.changed-elsewhere", "Somebody else changed it", "Settle it"));
    }

    @Override
    public Changes pending() {
        Look look = look();
        List<Reason> caveats = new ArrayList<>();
        List<Change> all = new ArrayList<>(look.changes());
        for (FileConflict conflict : look.conflicts()) {
            caveats.add(conflict.reason());
            all.add(Change.of(conflict.path(), Change.Kind.MODIFIED));
        }
        return new Changes(all, caveats);
    }

    @Override
    public BroughtBack preview() {
        Look look = look();
        return new BroughtBack(look.changes(), look.conflicts(), provider.withheld, List.of());
    }

    @Override
    public BroughtBack bringBack() {
        provider.calls.add("bringBack");
        provider.checkReachable();
        turn.lock();
        try {
            Look look = look();
            apply(look.changes());
            return new BroughtBack(look.changes(), look.conflicts(), provider.withheld, List.of());
        } finally {
            turn.unlock();
        }
    }

    @Override
    public BroughtBack bringBackAll() {
        provider.checkReachable();
        Look look = look();
        var refused = new BroughtBack(List.of(), look.conflicts(), provider.withheld, List.of());
        if (!refused.complete()) return refused;
        apply(look.changes());
        return new BroughtBack(look.changes(), List.of(), List.of());
    }

    private void apply(List<Change> changes) {
        Map<String, String> theirs = read(location);
        Map<String, String> then = read(base());
        Map<String, String> ours = read(files());
        for (Change change : changes) {
            Optional<String> now = Optional.ofNullable(ours.get(change.path()));
            if (now.isPresent()) {
                theirs.put(change.path(), now.get());
                then.put(change.path(), now.get());
            } else {
                theirs.remove(change.path());
                then.remove(change.path());
            }
        }
        write(location, theirs);
        write(base(), then);
    }

    @Override
    public void export(Path directory) {
        if (Files.exists(directory)) throw new TrailsException("sandbox.export-refused", directory + " exists");
        write(directory, read(files()));
    }

    @Override
    public void exportImage(Path archive) {
        if (Files.exists(archive)) throw new TrailsException("sandbox.export-refused", archive + " exists");
        try {
            Files.writeString(archive, "image");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
        provider.calls.add("checkpoint " + checkpoint.id());
        Path kept = own.resolve("checkpoints").resolve(checkpoint.id());
        write(kept.resolve("files"), read(files()));
        try {
            Files.writeString(kept.resolve("label"), checkpoint.label());
            Files.writeString(kept.resolve("session"), checkpoint.session());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public List<Checkpoint> checkpoints() {
        List<Checkpoint> all = new ArrayList<>();
        Map<String, String> kept = read(own.resolve("checkpoints"));
        for (Map.Entry<String, String> file : kept.entrySet()) {
            if (!file.getKey().endsWith("/label")) continue;
            String id = file.getKey().substring(0, file.getKey().indexOf('/'));
            all.add(new Checkpoint(id, kept.getOrDefault(id + "/session", ""), file.getValue(), Instant.EPOCH));
        }
        return all;
    }

    @Override
    public void restore(Checkpoint checkpoint) {
        provider.calls.add("restore " + checkpoint.id());
        Path kept = own.resolve("checkpoints").resolve(checkpoint.id()).resolve("files");
        if (Files.isDirectory(kept)) write(files(), read(kept));
    }
}
