package io.trails.daggerdouble.tree;

import io.trails.daggerdouble.scene.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes a tree over what lies on the host: directories are merged, anything else is replaced. */
public final class Export {

    private static final int OWNER_WRITES = 0200;

    private final Blobs blobs;
    private final boolean asUser;
    private final Room room;

    /**
     * Prepares.
     *
     * @param asUser whether what forbids its owner to write stops the export where it is, as it stops an ordinary user
     * @param room what the disk takes
     */
    public Export(Blobs blobs, boolean asUser, Room room) {
        this.blobs = blobs;
        this.asUser = asUser;
        this.room = room;
    }

    public void write(Node node, Path at, boolean wipe) throws IOException {
        Files.createDirectories(at.getParent());
        if (!(node instanceof Dir dir)) {
            replace(node, at);
            return;
        }
        Files.createDirectories(at);
        fill(dir, at, wipe);
        // The directory itself is whoever's it is: what it allows in the container is of no meaning then.
        if (!asUser) Disk.setMode(at.toRealPath(), dir.mode());
    }

    private void merge(Dir dir, Path at, boolean wipe) throws IOException {
        if (asUser && (dir.mode() & OWNER_WRITES) == 0 && !dir.children().isEmpty()) {
            Disk.setMode(at, dir.mode());
            throw new IOException("permission denied: " + at);
        }
        fill(dir, at, wipe);
    }

    private void fill(Dir dir, Path at, boolean wipe) throws IOException {
        if (wipe) {
            try (var names = Files.newDirectoryStream(at)) {
                for (Path child : names) {
                    if (!dir.children().containsKey(child.getFileName())) {
                        Disk.delete(child);
                    }
                }
            }
        }
        for (Map.Entry<Path, Node> child : dir.children().entrySet()) {
            Path to = at.resolve(child.getKey());
            if (child.getValue() instanceof Dir below) {
                if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(to);
                    Files.createDirectory(to);
                }
                merge(below, to, wipe);
                Disk.setMode(to, below.mode());
            } else {
                replace(child.getValue(), to);
            }
        }
    }

    private void replace(Node node, Path to) throws IOException {
        if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            Disk.delete(to);
        }
        if (node instanceof Node.Regular file) {
            room.need(file.blob().size(), to);
        }
        Path fresh = to.resolveSibling(".tmp." + to.getFileName().hashCode() + "."
                + Thread.currentThread().getId());
        Files.deleteIfExists(fresh);
        Disk.write(blobs, node, fresh);
        Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
