package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A directory that plays a container's workspace, and what an engine says and exports of its changes. */
final class Container {
    private final Path files;
    private final FileSelection selection;
    private Map<String, String> settled = Map.of();

    Container(Path files, FileSelection selection) {
        this.files = files;
        this.selection = selection;
    }

    /** From here on only what differs from the given directory has changed. */
    Container settledAs(Path start) {
        settled = TreeView.of(start);
        return this;
    }

    Path files() {
        return files;
    }

    /** Takes a whole workspace in. */
    void upload(Path root, Manifest manifest) throws IOException {
        PrivateTree.deleteAll(files);
        Files.createDirectories(files);
        for (String path : manifest.paths()) take(root, path, manifest.get(path).orElseThrow());
        settled = TreeView.of(files);
    }

    /** Takes in what a user changed. */
    void take(Staging staging, Manifest now) throws IOException {
        for (String removed : staging.delta().removed()) PrivateTree.deleteAll(files.resolve(Arrival.plain(removed)));
        for (String path : staging.delta().changed())
            take(staging.directory(), path, now.get(path).orElseThrow());
        settled = TreeView.of(files);
    }

    private void take(Path root, String path, FileStamp stamp) throws IOException {
        Path to = files.resolve(path);
        if (stamp.type() == FileType.DIRECTORY) {
            if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) Files.deleteIfExists(to);
            Files.createDirectories(to);
            return;
        }
        PrivateTree.deleteAll(to);
        Files.copy(root.resolve(path), to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** What differs since the last time, exported as an engine does it. */
    Arrival changes(PendingStore store, Path root) throws IOException {
        Map<String, String> now = new TreeMap<>(TreeView.of(files));
        Path staging = store.newStaging();
        for (Map.Entry<String, String> entry : now.entrySet()) {
            if (!entry.getValue().equals(settled.get(entry.getKey()))) export(entry.getKey(), staging);
        }
        List<String> removed = removed(now);
        settled = now;
        return Arrival.read(staging, removed, root, selection);
    }

    private void export(String path, Path staging) throws IOException {
        Path to = staging.resolve(path);
        if (Files.isDirectory(files.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        Files.copy(files.resolve(path), to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private List<String> removed(Map<String, String> now) {
        var removed = new ArrayList<String>();
        for (Map.Entry<String, String> entry : settled.entrySet()) {
            String path = entry.getKey();
            if (now.containsKey(path) || hasRemovedParent(path, now)) continue;
            removed.add(entry.getValue().equals("d") ? path + "/" : path);
        }
        return removed;
    }

    private boolean hasRemovedParent(String path, Map<String, String> now) {
        int end = path.lastIndexOf('/');
        if (end < 0) return false;
        String parent = path.substring(0, end);
        return !Optional.ofNullable(now.get(parent)).equals(Optional.of("d"));
    }
}
