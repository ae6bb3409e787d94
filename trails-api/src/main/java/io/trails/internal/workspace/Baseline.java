package io.trails.internal.workspace;

import io.trails.internal.workspace.FileStamp.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * Takes the tree as it is when a session starts. Nearly every file is only looked at. Read are files that were written a
 * moment ago, whose time a later write may leave as it is (git calls them racily clean), and, in small trees, all others
 * too, so that a touched file is told from a changed one. A tree of 50,000 files is walked in a third of a second; to
 * read it all would double that on a warm disk, and cost minutes on a cold one.
 */
final class Baseline {
    private static final int RECENT_FILES = 4096;
    private static final long RECENT_BYTES = 64L << 20;
    private static final int OTHER_FILES = 64;
    private static final long OTHER_BYTES = 1L << 20;

    private final TreeWalk walk;
    private final Freshness freshness;
    private final HashBudget recent = new HashBudget(RECENT_FILES, RECENT_BYTES);
    private final HashBudget others = new HashBudget(OTHER_FILES, OTHER_BYTES);

    Baseline(TreeWalk walk, Freshness freshness) {
        this.walk = walk;
        this.freshness = freshness;
    }

    Tree take() {
        Tree tree = walk.run();
        for (Map.Entry<String, FileStamp> entry : tree.stamps().entrySet()) {
            FileStamp stamp = entry.getValue();
            if (stamp.type() == FileStamp.FILE) {
                entry.setValue(stamp.with(ofFile(entry.getKey(), stamp)));
            } else if (stamp.type() == FileStamp.LINK) {
                entry.setValue(stamp.with(ofLink(entry.getKey())));
            }
        }
        return tree;
    }

    private Evidence ofFile(String key, FileStamp stamp) {
        boolean isRecent = freshness.isRecent(stamp);
        if (isRecent ? recent.take(stamp.size()) : others.take(stamp.size())) {
            try {
                return new Evidence.Hash(ContentHash.of(walk.path(key), stamp.size()), isRecent);
            } catch (IOException unreadable) {
                // Without a hash the file is compared by its time, like the many that are not read at all.
                return timeOf(isRecent);
            }
        }
        return timeOf(isRecent);
    }

    private static Evidence timeOf(boolean isRecent) {
        return isRecent ? Evidence.Time.RECENT : Evidence.Time.SETTLED;
    }

    private Evidence ofLink(String key) {
        try {
            return new Evidence.Target(Files.readSymbolicLink(walk.path(key)).toString());
        } catch (IOException unreadable) {
            return Evidence.Time.SETTLED;
        }
    }
}
