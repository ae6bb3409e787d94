package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.worktree.internal.register.Entry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The directory of a new tree. */
public final class TreeRoot {
    private static final int ATTEMPTS = 10;

    private final Entry entry;
    private final Path root;

    public TreeRoot(Entry entry) {
        this.entry = entry;
        root = entry.plan().root();
    }

    /** Makes it, unless it is there and empty or ours, and says in it which administration it has. */
    public void link() {
        if (entry.isLinked()) return;
        try {
            make();
            if (entry.isLinkTaken() || isSomebodys()) {
                throw new TrailsException(
                        "worktree.directory-taken",
                        root
                                + " is there already and is not this session's; move it away, or choose another name for the"
                                + " session");
            }
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.unwritable",
                    root + " cannot be created: " + e + "; configure worktree_location as a directory you can write",
                    e);
        }
        entry.link();
    }

    /** Another session that failed just now may take the empty parent away. */
    private void make() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(root);
                return;
            } catch (NoSuchFileException gone) {
                if (attempt == ATTEMPTS) throw gone;
            }
        }
    }

    /** Whether it holds anything but what a crash left of our link. */
    private boolean isSomebodys() throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) return true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            for (Path child : children) {
                if (!child.equals(entry.dotGit()) && !child.equals(entry.linkDraft())) return true;
            }
        }
        return false;
    }
}
