package io.trails.dagger.internal.files;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the host had at some moment, path by path. Immutable. */
public final class Manifest {
    /** So many changes that taking them all in costs less than carrying them on. */
    private static final int MANY = 2_000;

    private final NavigableMap<String, FileStamp> base;
    /** What differs from the base; empty for what is gone. */
    private final NavigableMap<String, Optional<FileStamp>> recent;

    private Manifest(NavigableMap<String, FileStamp> base, NavigableMap<String, Optional<FileStamp>> recent) {
        this.base = base;
        this.recent = recent;
    }

    public static Manifest empty() {
        return new Manifest(new TreeMap<>(), new TreeMap<>());
    }

    /** Takes the map over. */
    static Manifest of(NavigableMap<String, FileStamp> stamps) {
        return new Manifest(stamps, new TreeMap<>());
    }

    /** Takes both maps over. */
    static Manifest of(NavigableMap<String, FileStamp> base, NavigableMap<String, Optional<FileStamp>> recent) {
        return new Manifest(base, recent);
    }

    /** What many manifests that follow one another have in common, so that whoever writes them down writes it once. */
    NavigableMap<String, FileStamp> base() {
        return Collections.unmodifiableNavigableMap(base);
    }

    /** What differs from the base; empty for what is gone. */
    NavigableMap<String, Optional<FileStamp>> recent() {
        return Collections.unmodifiableNavigableMap(recent);
    }

    boolean sharesBaseWith(Manifest other) {
        return base == other.base;
    }

    public int size() {
        return whole().size();
    }

    public Optional<FileStamp> get(String path) {
        Optional<FileStamp> known = recent.get(path);
        return known != null ? known : Optional.ofNullable(base.get(path));
    }

    /** In the order of their names. */
    public Set<String> paths() {
        return Collections.unmodifiableSet(whole().keySet());
    }

    /** What is in a directory, at any depth. */
    NavigableSet<String> below(String directory) {
        var found = new TreeSet<String>(
                base.subMap(directory + "/", directory + "0").keySet());
        for (Map.Entry<String, Optional<FileStamp>> entry :
                recent.subMap(directory + "/", directory + "0").entrySet()) {
            if (entry.getValue().isPresent()) found.add(entry.getKey());
            else found.remove(entry.getKey());
        }
        return found;
    }

    /** What the user did between this manifest and a later one. */
    public HostDelta compare(Manifest now) {
        var changed = new ArrayList<String>();
        int kept = 0;
        for (Map.Entry<String, FileStamp> entry : now.whole().entrySet()) {
            Optional<FileStamp> before = get(entry.getKey());
            if (before.isPresent() && before.get().type() == entry.getValue().type()) kept++;
            if (before.isEmpty() || before.get().fresh() || !before.get().sameAs(entry.getValue())) {
                changed.add(entry.getKey());
            }
        }
        NavigableMap<String, FileStamp> whole = whole();
        return new HostDelta(changed, kept == whole.size() ? List.of() : removed(whole, now));
    }

    private static List<String> removed(NavigableMap<String, FileStamp> before, Manifest now) {
        var removed = new ArrayList<String>();
        var gone = new HashSet<String>();
        for (Map.Entry<String, FileStamp> entry : before.entrySet()) {
            String path = entry.getKey();
            boolean directory = entry.getValue().type() == FileType.DIRECTORY;
            if (gone.contains(parent(path))) {
                if (directory) gone.add(path);
                continue;
            }
            Optional<FileStamp> after = now.get(path);
            if (after.isPresent() && after.get().type() == entry.getValue().type()) continue;
            removed.add(directory ? path + "/" : path);
            if (directory) gone.add(path);
        }
        return removed;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /** This manifest after what was applied. Costs as much as was applied, not as much as there is. */
    public Manifest with(Applied applied) {
        var news = new TreeMap<>(recent);
        for (String path : applied.gone()) news.put(path, Optional.empty());
        applied.stamps().forEach((path, stamp) -> news.put(path, Optional.of(stamp)));
        return with(news);
    }

    /** This manifest where the given paths are as in the other one, for what was uploaded meanwhile. */
    public Manifest with(Manifest now, HostDelta uploaded) {
        var news = new TreeMap<>(recent);
        for (String removed : uploaded.removed()) {
            String path = removed.endsWith("/") ? removed.substring(0, removed.length() - 1) : removed;
            news.put(path, Optional.empty());
            for (String child : below(path)) news.put(child, Optional.empty());
        }
        for (String path : uploaded.changed()) news.put(path, now.get(path));
        return with(news);
    }

    private Manifest with(NavigableMap<String, Optional<FileStamp>> news) {
        var next = new Manifest(base, news);
        return news.size() < MANY ? next : new Manifest(next.whole(), new TreeMap<>());
    }

    private NavigableMap<String, FileStamp> whole() {
        if (recent.isEmpty()) return base;
        var whole = new TreeMap<>(base);
        recent.forEach((path, stamp) -> {
            if (stamp.isPresent()) whole.put(path, stamp.get());
            else whole.remove(path);
        });
        return whole;
    }
}
