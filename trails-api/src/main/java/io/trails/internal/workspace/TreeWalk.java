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
 * directory but for the settings, which are the user's, and the folder the manifest is in. {@code .trails} is left out
 * like the state directory, whichever that is: hosts that keep the state there may serve the project too.
 */
final class TreeWalk {
    private static final String GIT = ".git";
    private static final String SETTINGS = "settings.json";

    private final Path root;
    private final Path manifest;
    private final Path usualState;
    private final Path state;
    private final StampReader reader;
    private final Map<String, FileStamp> stamps = new HashMap<>();
    private final Map<String, Path> oddPaths = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private final ArrayDeque<Folder> todo = new ArrayDeque<>();

    /**
     * @param odd whether a name on the way cannot be written as text of this JVM
     * @param state whether trails keeps its state in it
     */
    private record Folder(Path path, String key, boolean odd, boolean state) {}

    TreeWalk(Path root, Path manifest, Path state) {
        this.root = root;
        this.manifest = manifest;
        this.state = state;
        usualState = usualState(root);
        reader = new StampReader(root);
    }

    /** Where the state of a project is unless a host wants it elsewhere. */
    static Path usualState(Path root) {
        return root.resolve(".trails");
    }

    Tree run() {
        todo.add(new Folder(root, "", false, false));
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
        if (name.equals(GIT) || (folder.state && !name.equals(SETTINGS))) return;
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
            boolean holdsState = entry.equals(state) || entry.equals(usualState);
            todo.add(new Folder(entry, key, folder.odd || lossy, holdsState));
            if (holdsState) return;
        }
        if (folder.odd || lossy) oddPaths.put(key, entry);
        stamps.put(key, stamp);
    }

    private boolean holdsManifest(Path folder) {
        return manifest.getNameCount() == folder.getNameCount() + 1 && manifest.startsWith(folder);
    }
}
