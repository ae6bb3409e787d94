package io.trails.dagger.internal.files;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Lays what arrived over what was pending already. Single-threaded. */
final class Overlay {
    private final NavigableMap<String, Pending> entries;
    private final NavigableMap<String, Withheld> withheld;
    private final Manifest base;
    private final String holder;

    private Overlay(PendingIndex pending, Manifest base, String holder) {
        entries = new TreeMap<>(pending.entries());
        withheld = new TreeMap<>(pending.withheld());
        this.base = base;
        this.holder = holder;
    }

    /** @param holder whose container it comes from */
    static PendingIndex of(PendingIndex pending, Arrival arrival, Manifest base, String holder) {
        var overlay = new Overlay(pending, base, holder);
        for (String removed : arrival.removed()) overlay.remove(Arrival.plain(removed));
        String name = String.valueOf(arrival.staging().getFileName());
        for (Arrival.Item item : arrival.items()) overlay.put(item, name);
        return pending.with(overlay.entries).withheld(overlay.withheld);
    }

    private void remove(String path) {
        removeBelow(path);
        removeOne(path);
    }

    /** What the session made and removed again leaves no trace; what the workspace has is to go. */
    private void removeOne(String path) {
        Optional<FileStamp> before = before(path);
        if (before.isPresent()) entries.put(path, Pending.removal(path, before.get()));
        else entries.remove(path);
        settle(path);
    }

    /** What another container has there of its own is still to come from it. */
    private void settle(String path) {
        withheld.computeIfPresent(path, (same, entry) -> entry.settled(holder).orElse(null));
    }

    private void removeBelow(String path) {
        for (String child : List.copyOf(below(path).keySet())) removeOne(child);
        for (String child : base.below(path)) removeOne(child);
        for (String child : List.copyOf(withheld.subMap(path + "/", path + "0").keySet())) settle(child);
    }

    private void put(Arrival.Item item, String arrival) {
        Optional<FileStamp> before = before(item.path());
        settle(item.path());
        boolean wasDirectory = before.isPresent() && before.get().type() == FileType.DIRECTORY;
        if (item.type() == FileType.DIRECTORY && wasDirectory) {
            entries.remove(item.path());
            return;
        }
        if (item.type() != FileType.DIRECTORY) removeBelow(item.path());
        entries.put(item.path(), Pending.of(item, arrival, before));
    }

    /** What the workspace had when the session began to differ from it. */
    private Optional<FileStamp> before(String path) {
        Pending known = entries.get(path);
        if (known != null) return known.base();
        Withheld missing = withheld.get(path);
        return missing != null && !missing.lost() ? missing.base() : base.get(path);
    }

    private Map<String, Pending> below(String path) {
        return entries.subMap(path + "/", path + "0");
    }
}
