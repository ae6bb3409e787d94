package io.trails.dagger.internal.files;

import io.trails.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What became of each pending file. Single-threaded. */
final class Tally {
    private final List<Change> changes = new ArrayList<>();
    private final List<Skipped> conflicts = new ArrayList<>();
    private final List<Skipped> refusals = new ArrayList<>();
    private final TreeMap<String, FileStamp> stamps = new TreeMap<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Pending> done = new ArrayList<>();
    private final Map<Pending, Pending> restored = new HashMap<>();

    void changed(Pending entry, Change.Kind kind, Optional<FileStamp> now) {
        boolean directory = kind == Change.Kind.DELETED
                ? entry.base().isPresent() && entry.base().get().type() == FileType.DIRECTORY
                : entry.isDirectory();
        changes.add(Change.of(directory ? entry.path() + "/" : entry.path(), kind));
        done(entry, now);
    }

    /** What the host has is not what the session has, but what it is to get. */
    void done(Pending entry) {
        done.add(entry);
    }

    void done(Pending entry, Optional<FileStamp> now) {
        done.add(entry);
        stamp(entry.path(), now);
    }

    void stamp(String path, Optional<FileStamp> now) {
        if (now.isPresent()) stamps.put(path, now.get());
        else stamps.remove(path);
        if (now.isPresent()) gone.remove(path);
        else gone.add(path);
    }

    void conflict(Pending entry, Verdict verdict) {
        conflict(entry.path(), verdict);
    }

    void conflict(String path, Verdict verdict) {
        conflicts.add(new Skipped(path, verdict.reason().orElseThrow()));
    }

    void refuse(Pending entry, IOException failed) {
        refuse(entry.path(), failed);
    }

    void refuse(String path, IOException failed) {
        refusals.add(Skipped.unwritten(path, failed));
    }

    void refuse(List<Skipped> others) {
        refusals.addAll(others);
    }

    /** What was taken back from the workspace leaves files there as they were, but for their stamps. */
    void restored(Pending entry, FileStamp now) {
        restored.put(entry, entry.over(now));
    }

    boolean isClean() {
        return conflicts.isEmpty() && refusals.isEmpty();
    }

    /** What is in the workspace now and need not be kept. */
    List<Pending> done() {
        return done;
    }

    /** What is pending in another way now. */
    Map<Pending, Pending> restored() {
        return restored;
    }

    Applied toApplied() {
        changes.sort(Comparator.comparing(Change::path));
        conflicts.sort(Comparator.comparing(Skipped::path));
        refusals.sort(Comparator.comparing(Skipped::path));
        return new Applied(changes, conflicts, refusals, stamps, gone);
    }
}
