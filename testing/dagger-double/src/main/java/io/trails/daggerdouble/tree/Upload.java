package io.trails.daggerdouble.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads a directory of the host into a tree, through a filter. */
public final class Upload {

    private final Blobs blobs;
    private final Filter filter;
    private final Seen seen;

    public Upload(Blobs blobs, Filter filter, Seen seen) {
        this.blobs = blobs;
        this.filter = filter;
        this.seen = seen;
    }

    public @Nullable Node take(Path at) throws IOException {
        Stat stat;
        try {
            stat = Stat.of(at);
        } catch (NoSuchFileException e) {
            return null;
        }
        return take(at, stat, at, Filter.State.ROOT);
    }

    private @Nullable Node take(Path at, Stat stat, Path root, Filter.State state) throws IOException {
        switch (stat.type()) {
            case Stat.DIRECTORY -> {
                return directory(at, stat, root, state);
            }
            case Stat.REGULAR -> {
                return seen.file(blobs, at, stat);
            }
            case Stat.LINK -> {
                return new Node.Link(Files.readSymbolicLink(at));
            }
            case Stat.SOCKET -> {
                return new Node.Regular(blobs.add(""), stat.mode(), stat.mtime());
            }
            default -> {
                return null;
            }
        }
    }

    private Dir directory(Path at, Stat stat, Path root, Filter.State state) throws IOException {
        TreeMap<Path, Node> children = new TreeMap<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(at)) {
            for (Path child : names) {
                Stat of;
                try {
                    of = Stat.of(child);
                } catch (NoSuchFileException e) {
                    continue;
                }
                boolean isDirectory = of.type() == Stat.DIRECTORY;
                Filter.State below = filter.enter(state, root.relativize(child).toString(), isDirectory);
                if (!below.taken() && !(isDirectory && below.mayHoldTaken())) {
                    continue;
                }
                Node node = take(child, of, root, below);
                boolean hollow = !below.taken()
                        && node instanceof Dir dir
                        && dir.children().isEmpty();
                if (node != null && !hollow) {
                    children.put(child.getFileName(), node);
                }
            }
        }
        return new Dir(children, stat.mode());
    }

    /**
     * What was uploaded before: a file of the size and time it had then isn't read again, and may be
     * another one all the same, as with an engine. Thread-safe.
     */
    public static final class Seen {

        static final Seen NOTHING = new Seen(Map.of());

        private final Map<Path, Known> files;

        public Seen() {
            this(new ConcurrentHashMap<>());
        }

        private Seen(Map<Path, Known> files) {
            this.files = files;
        }

        Node.Regular file(Blobs blobs, Path at, Stat stat) throws IOException {
            Known known = files.get(at);
            if (known != null && known.stat.looksLike(stat)) {
                return known.node;
            }
            Node.Regular node = new Node.Regular(blobs.add(at), stat.mode(), stat.mtime());
            if (this != NOTHING) {
                files.put(at, new Known(stat, node));
            }
            return node;
        }

        private record Known(Stat stat, Node.Regular node) {}
    }
}
