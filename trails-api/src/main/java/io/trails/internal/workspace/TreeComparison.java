package io.trails.internal.workspace;

import io.trails.Change;
import io.trails.Change.Kind;
import io.trails.Changes;
import io.trails.internal.workspace.FileStamp.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What differs between two trees. Reads a file only where its times leave a doubt that a kept hash can settle. */
final class TreeComparison {
    private final Tree before;
    private final Tree now;
    private final TreeWalk walk;
    private final TreeMap<String, Change> changes = new TreeMap<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private final Caveats caveats = new Caveats();

    TreeComparison(Tree before, Tree now, TreeWalk walk) {
        this.before = before;
        this.now = now;
        this.walk = walk;
    }

    Changes changes() {
        for (Map.Entry<String, FileStamp> entry : before.stamps().entrySet()) {
            String path = entry.getKey();
            FileStamp after = now.stamps().get(path);
            if (after != null) {
                compare(path, entry.getValue(), after);
            } else if (!entry.getValue().isDirectory() && !now.hides(path)) {
                deleted.add(path);
            }
        }
        for (Map.Entry<String, FileStamp> entry : now.stamps().entrySet()) {
            String path = entry.getKey();
            if (entry.getValue().isDirectory() || before.stamps().containsKey(path)) continue;
            if (!before.hides(path)) added.add(path);
        }
        matchRenames();
        for (String path : added) add(path, Kind.ADDED);
        for (String path : deleted) add(path, Kind.DELETED);
        for (String folder : now.unread()) caveats.add(Caveats.Kind.UNREADABLE, folder);
        for (String folder : before.unread()) {
            if (!now.unread().contains(folder)) caveats.add(Caveats.Kind.NO_BASELINE, folder);
        }
        return new Changes(new ArrayList<>(changes.values()), caveats.reasons());
    }

    private void add(String path, Kind kind) {
        put(path, Change.of(PathKeys.shown(path), kind));
    }

    private void put(String path, Change change) {
        if (PathKeys.isEscaped(path)) caveats.add(Caveats.Kind.NAME_UNDECODABLE, path);
        if (change.kind() == Kind.MODIFIED || change.kind() == Kind.DELETED) {
            caveats.add(Caveats.Kind.NO_LINE_DIFF, path);
        }
        changes.put(path, change);
    }

    private void compare(String path, FileStamp old, FileStamp after) {
        if (old.type() != after.type()) {
            add(path, Kind.TYPE_CHANGED);
        } else if (contentDiffers(path, old, after)) {
            add(path, Kind.MODIFIED);
        } else if (old.permissions() != after.permissions() && old.type() != FileStamp.LINK) {
            add(path, Kind.MODE_CHANGED);
        }
    }

    private boolean contentDiffers(String path, FileStamp old, FileStamp after) {
        if (old.type() == FileStamp.LINK) return !old.looksLike(after) && targetDiffers(path, old);
        if (old.type() != FileStamp.FILE) return false;
        if (old.size() != after.size()) return true;
        boolean quiet = old.looksLike(after);
        if (old.evidence() instanceof Evidence.Hash hash && (!quiet || hash.recent())) {
            return hashDiffers(path, hash, after);
        }
        if (quiet) {
            if (old.evidence() == Evidence.Time.RECENT) caveats.add(Caveats.Kind.RECENTLY_WRITTEN, path);
            return false;
        }
        if (old.mtime() != after.mtime() || old.inode() != after.inode()) {
            caveats.add(Caveats.Kind.CONTENT_UNKNOWN, path);
            return true;
        }
        // Only the time of the last status change differs. New permissions or links explain it.
        if (old.mode() == after.mode() && old.links() == after.links()) caveats.add(Caveats.Kind.TOUCHED, path);
        return false;
    }

    private boolean hashDiffers(String path, Evidence.Hash hash, FileStamp after) {
        try {
            return ContentHash.of(walk.path(path), after.size()) != hash.value();
        } catch (IOException e) {
            caveats.add(Caveats.Kind.CONTENT_UNKNOWN, path);
            return true;
        }
    }

    private boolean targetDiffers(String path, FileStamp old) {
        try {
            String target = Files.readSymbolicLink(walk.path(path)).toString();
            return !(old.evidence() instanceof Evidence.Target before
                    && before.text().equals(target)
                    && !PathKeys.isLossy(target));
        } catch (IOException e) {
            caveats.add(Caveats.Kind.CONTENT_UNKNOWN, path);
            return true;
        }
    }

    /** What stays the same when a file is moved, and is beyond doubt shared by no other file. */
    private record Identity(long inode, long size, long mtime) {
        static Identity of(FileStamp stamp) {
            return new Identity(stamp.inode(), stamp.size(), stamp.mtime());
        }
    }

    private void matchRenames() {
        Map<Identity, String> candidates = new HashMap<>();
        for (String path : added) {
            FileStamp stamp = now.stamps().get(path);
            if (stamp != null && stamp.inode() != 0 && stamp.links() == 1) candidates.put(Identity.of(stamp), path);
        }
        Set<String> matched = new HashSet<>();
        for (String old : deleted) {
            FileStamp stamp = before.stamps().get(old);
            if (stamp == null || stamp.links() != 1) continue;
            String to = candidates.remove(Identity.of(stamp));
            FileStamp after = to == null ? null : now.stamps().get(to);
            if (to == null || after == null || after.type() != stamp.type()) continue;
            put(to, new Change(PathKeys.shown(to), Kind.RENAMED, Optional.of(PathKeys.shown(old))));
            matched.add(old);
            matched.add(to);
        }
        added.removeAll(matched);
        deleted.removeAll(matched);
    }
}
