package io.trails.internal.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One walk over a directory. It follows no link, opens no file, and takes
 * for absent what vanishes meanwhile. Left out are {@code .git} anywhere, which is git's and not the user's, the state
 * directory {@code .trails} but for the settings, which are the user's, and the folder the manifest is in.
 */
final class TreeWalk {
    static final String STATE = ".trails";
    private static final String GIT = ".git";
    private static final String SETTINGS = "settings.json";

    private final Path root;
    private final Path manifest;
    private final StampReader reader;
    private final Map<String, FileStamp> stamps = new HashMap<>();
    private final Map<String, Path> oddPaths = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private final ArrayDeque<Folder> todo = new ArrayDeque<>();

    /**
     * @param odd whether a name on the way cannot be written as text of this JVM
     */
    private record Folder(Path path, String key, boolean odd) {}

    TreeWalk(Path root, Path manifest) {
        this.root = root;
        this.manifest = manifest;
        reader = new StampReader(root);
    }

    Tree run() {
        todo.add(new Folder(root, "", false));
        while (!todo.isEmpty()) read(todo.removeLast());
        return new Tree(stamps, unread);
    }

    /** Where the file of that key is. */
    Path path(String key) {
        Path odd = oddPaths.get(key);
        return odd == null ? root.resolve(key) : odd;
    }

    private void read(Folder folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path)) {
            for (Path entry : entries) visit(folder, entry);
        } catch (NoSuchFileException | NotDirectoryException vanished) {
            // A folder that has gone since its parent was read is seen as absent, like a file.
            stamps.remove(folder.key);
        } catch (IOException | DirectoryIteratorException e) {
            unread.add(folder.key);
        }
    }

    private void visit(Folder folder, Path entry) {
        String name = entry.getFileName().toString();
        if (name.equals(GIT) || (folder.key.equals(STATE) && !name.equals(SETTINGS))) return;
        boolean lossy = PathKeys.isLossy(name);
        if (lossy) name = PathKeys.exactName(entry);
        String key = folder.key.isEmpty() ? name : folder.key + "/" + name;
        FileStamp stamp;
        try {
            stamp = reader.read(entry);
        } catch (NoSuchFileException vanished) {
            return;
        } catch (IOException e) {
            unread.add(folder.key);
            return;
        }
        if (stamp.isDirectory()) {
            if (holdsManifest(entry)) return;
            todo.add(new Folder(entry, key, folder.odd || lossy));
        }
        if (key.equals(STATE)) return;
        if (folder.odd || lossy) oddPaths.put(key, entry);
        stamps.put(key, stamp);
    }

    private boolean holdsManifest(Path folder) {
        return manifest.getNameCount() == folder.getNameCount() + 1 && manifest.startsWith(folder);
    }
}
