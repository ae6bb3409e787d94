package io.trails.dagger.internal.files;

import io.trails.Reason;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.ignore.IgnoreNode;

/** Reads what an engine put into a private directory, and makes all of it usable for its owner. Single-threaded. */
final class StagedTree {
    /** Others than the owner and the owner's groups get no right to write from within a container. */
    static final int ALLOWED = 0775;

    private final Path staging;
    private final FileSelection.Rules rules;
    private final StampReader stamps;
    private final List<Arrival.Item> items = new ArrayList<>();
    private final List<Skipped> refused = new ArrayList<>();
    /** What was read so far, and is no link therefore. */
    private final Set<String> directories = new HashSet<>(Set.of(""));

    StagedTree(Path staging, Collection<String> removed, Path root, FileSelection selection) {
        this.staging = staging;
        this.rules = selection.rules(root, directory -> rulesIn(directory, removed, root));
        this.stamps = new StampReader(staging);
    }

    FileSelection.Rules rules() {
        return rules;
    }

    private Optional<IgnoreNode> rulesIn(String directory, Collection<String> removed, Path root) {
        Path exported = staging.resolve(directory);
        if (directories.contains(directory)
                && Files.exists(exported.resolve(IgnoreFiles.NAME), LinkOption.NOFOLLOW_LINKS)) {
            return IgnoreFiles.in(staging, directory);
        }
        String file = directory.isEmpty() ? IgnoreFiles.NAME : directory + "/" + IgnoreFiles.NAME;
        return removed.contains(file) ? Optional.empty() : IgnoreFiles.in(root, directory);
    }

    void read() {
        try {
            read(staging, "");
        } catch (IOException unreadable) {
            throw new TrailsException(
                    "dagger.arrival-unreadable",
                    "What came out of the container lies in " + staging + " and cannot be read: " + unreadable,
                    unreadable);
        }
    }

    List<Arrival.Item> items() {
        return items;
    }

    List<Skipped> refused() {
        return refused;
    }

    private void read(Path directory, String path) throws IOException {
        directories.add(path);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                visit(entry, path.isEmpty() ? name : path + "/" + name);
            }
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
    }

    private void visit(Path entry, String path) throws IOException {
        Optional<FileStamp> read = stamps.read(entry);
        if (read.isEmpty()) {
            refused.add(Skipped.of(path, "dagger.special-file", "It is neither a file nor a directory nor a link"));
            return;
        }
        FileStamp stamp = read.get();
        boolean directory = stamp.type() == FileType.DIRECTORY;
        if (!TreeWalk.isFaithful(entry, String.valueOf(entry.getFileName()))) {
            refused.add(Skipped.of(path, "dagger.name-unreadable", "Its name is no text in the encoding of this JVM"));
            return;
        }
        Optional<Reason> refusal = rules.refusal(path, directory);
        if (directory) {
            open(entry, stamp);
            visitDirectory(entry, path, stamp, refusal);
        } else if (refusal.isPresent()) {
            refused.add(new Skipped(path, refusal.get()));
        } else {
            open(entry, stamp);
            items.add(new Arrival.Item(path, stamp.type(), stamp.mode() & ALLOWED, stamp.size()));
        }
    }

    /** An ignored directory may be there for something in it that is included. */
    private void visitDirectory(Path entry, String path, FileStamp stamp, Optional<Reason> refusal) throws IOException {
        int before = items.size();
        if (refusal.isPresent() && !Arrival.isIgnored(refusal.get())) {
            refused.add(new Skipped(path, refusal.get()));
            return;
        }
        int refusedBefore = refused.size();
        items.add(new Arrival.Item(path, FileType.DIRECTORY, stamp.mode() & ALLOWED, 0));
        read(entry, path);
        if (refusal.isEmpty() || items.size() > before + 1) return;
        items.remove(before);
        refused.subList(refusedBefore, refused.size()).clear();
        refused.add(new Skipped(path, refusal.get()));
    }

    private void open(Path entry, FileStamp stamp) throws IOException {
        int needed = stamp.type() == FileType.DIRECTORY ? 0700 : 0600;
        if (stamp.type() == FileType.SYMLINK || (stamp.mode() & needed) == needed) return;
        Permissions.set(entry, stamp.mode() | needed);
    }
}
