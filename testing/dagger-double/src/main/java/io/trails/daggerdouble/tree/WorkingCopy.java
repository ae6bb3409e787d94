package io.trails.daggerdouble.tree;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A tree on the disk for a container to work in. What lies there is remembered with its stat, so that the next tree costs only
 * its differences, and reading back what a command did costs a stat a file. Single-threaded.
 */
public final class WorkingCopy {

    /** How far the clock of a file system may lag: a file changed as late as this before a command began is read again. */
    private static final long RACY = TimeUnit.MILLISECONDS.toNanos(40);

    private final Path root;
    private final Blobs blobs;
    private final Entry entry = new Entry();
    private long shown;

    public WorkingCopy(Path root, Blobs blobs) throws IOException {
        this.root = root;
        this.blobs = blobs;
        Files.createDirectories(root);
        Disk.setMode(root, 0755);
        entry.node = Dir.EMPTY;
    }

    public Path root() {
        return root;
    }

    /** How many nodes differ from another tree, counted up to a limit. */
    int distance(Dir wanted, int limit) {
        return distance(entry.node, wanted, limit);
    }

    /** Makes the disk look like a tree. */
    public void show(Dir wanted) throws IOException {
        show(root, entry, wanted);
        Instant now = Instant.now();
        shown = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** The tree as it lies on the disk now. */
    public Dir read() throws IOException {
        return (Dir) read(root, entry, Stat.of(root));
    }

    private static int distance(@Nullable Node here, Node wanted, int limit) {
        if (here == wanted || limit <= 0) {
            return 0;
        }
        if (!(here instanceof Dir from) || !(wanted instanceof Dir to)) {
            return 1;
        }
        int count = 1;
        for (Map.Entry<Path, Node> child : to.children().entrySet()) {
            count += distance(from.children().get(child.getKey()), child.getValue(), limit - count);
            if (count >= limit) {
                return limit;
            }
        }
        return count;
    }

    private void show(Path at, Entry here, Node wanted) throws IOException {
        if (here.node == wanted) {
            return;
        }
        if (wanted instanceof Dir dir) {
            if (!(here.node instanceof Dir)) {
                remove(at, here);
                Files.createDirectory(at);
            } else if ((here.node.mode() & 0700) != 0700) {
                Disk.setMode(at, 0700);
            }
            Iterator<Map.Entry<Path, Entry>> known = here.children().entrySet().iterator();
            while (known.hasNext()) {
                Map.Entry<Path, Entry> child = known.next();
                if (!dir.children().containsKey(child.getKey())) {
                    remove(at.resolve(child.getKey()), child.getValue());
                    known.remove();
                }
            }
            for (Map.Entry<Path, Node> child : dir.children().entrySet()) {
                show(
                        at.resolve(child.getKey()),
                        here.children().computeIfAbsent(child.getKey(), name -> new Entry()),
                        child.getValue());
            }
            Disk.setMode(at, dir.mode());
            here.node = dir;
            return;
        }
        remove(at, here);
        Disk.write(blobs, wanted, at);
        here.keep(wanted, Stat.of(at));
    }

    private void remove(Path at, Entry here) throws IOException {
        if (here.node == null) {
            return;
        }
        Disk.delete(at);
        here.forget();
    }

    private Node read(Path at, Entry here, Stat stat) throws IOException {
        switch (stat.type()) {
            case Stat.DIRECTORY -> {
                return Disk.readable(at, stat.mode(), () -> readDir(at, here, stat));
            }
            case Stat.REGULAR -> {
                if (here.node instanceof Node.Regular known && stat.equals(here.stat) && stat.ctime() < shown - RACY) {
                    return known;
                }
                Blob blob = Disk.readable(at, stat.mode(), () -> blobs.add(at));
                Node.Regular found = new Node.Regular(blob, stat.mode(), stat.mtime());
                if (here.node instanceof Node.Regular known
                        && known.mode() == found.mode()
                        && known.mtime() == found.mtime()
                        && known.blob().sha().equals(blob.sha())) {
                    found = known;
                }
                here.keep(found, stat);
                return found;
            }
            case Stat.LINK -> {
                Node.Link found = new Node.Link(Files.readSymbolicLink(at));
                Node known = here.node;
                here.keep(found.equals(known) ? requireNonNull(known) : found, stat);
            }
            // An engine makes an empty file of a socket that a program left.
            case Stat.SOCKET -> here.keep(new Node.Regular(blobs.add(""), stat.mode(), stat.mtime()), stat);
            default -> here.keep(new Node.Pipe(stat.mode()), stat);
        }
        return requireNonNull(here.node);
    }

    private Dir readDir(Path at, Entry here, Stat stat) throws IOException {
        if (!(here.node instanceof Dir)) {
            here.forget();
        }
        SortedMap<Path, Node> found = new TreeMap<>();
        Map<Path, Entry> entries = new HashMap<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(at)) {
            for (Path child : names) {
                Stat of;
                try {
                    of = Stat.of(child);
                } catch (NoSuchFileException e) {
                    continue;
                }
                if (of.type() != Stat.DIRECTORY
                        && of.type() != Stat.REGULAR
                        && of.type() != Stat.LINK
                        && of.type() != Stat.SOCKET
                        && of.type() != Stat.PIPE) {
                    continue;
                }
                Path name = child.getFileName();
                Entry entry = here.children().getOrDefault(name, new Entry());
                found.put(name, read(child, entry, of));
                entries.put(name, entry);
            }
        }
        here.children = entries;
        if (here.node instanceof Dir known && known.mode() == stat.mode() && same(known.children(), found)) {
            return known;
        }
        Dir dir = new Dir(found, stat.mode());
        here.node = dir;
        return dir;
    }

    private static boolean same(SortedMap<Path, Node> a, SortedMap<Path, Node> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<Path, Node> one : a.entrySet()) {
            if (b.get(one.getKey()) != one.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static final class Entry {
        @Nullable
        Node node;

        @Nullable
        Stat stat;

        @Nullable
        Map<Path, Entry> children;

        Map<Path, Entry> children() {
            Map<Path, Entry> known = children;
            if (known == null) {
                known = new HashMap<>();
                children = known;
            }
            return known;
        }

        void keep(Node found, Stat seen) {
            node = found;
            stat = seen;
            children = null;
        }

        void forget() {
            node = null;
            stat = null;
            children = null;
        }
    }
}
