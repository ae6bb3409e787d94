package io.trails.dagger.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where files are made before they are moved into a workspace: in the store, and at the root of the workspace if that is on
 * another file system. Single-threaded.
 */
final class Scratch implements Closeable {
    static final String PREFIX = "scratch-";

    private final Path store;
    private final Path root;
    private @Nullable Folder folder;
    private boolean across;
    private int count;

    Scratch(Path store, Path root) {
        this.store = store;
        this.root = root;
    }

    /** Something that ends with a move out of the scratch folder or into it. */
    interface Step {
        void run(Folder scratch) throws IOException;
    }

    /** Runs the step, once more from within the workspace if that is on another file system than the store. */
    void run(Step step) throws IOException {
        try {
            step.run(folder());
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            if (across) throw new IOException("Another file system is mounted there", otherFileSystem);
            moveIntoWorkspace();
            step.run(folder());
        }
    }

    /** From now on within the workspace. */
    void moveIntoWorkspace() throws IOException {
        close();
        across = true;
    }

    Folder folder() throws IOException {
        if (folder != null) return folder;
        String name = Owner.newName(across ? FileSelection.SCRATCH : PREFIX);
        try (Folder parent = Folder.open(across ? root : store)) {
            PrivateTree.create(parent.path().resolve(name));
            folder = parent.child(name);
        }
        return folder;
    }

    String newName() {
        return "f" + count++;
    }

    /** Whether a file of the store has to be copied to get into the workspace. Only asked from within the workspace. */
    boolean isFarFromStore() throws IOException {
        Path probe = Files.createFile(store.resolve(Owner.newName(PREFIX)));
        try (Folder from = Folder.open(store)) {
            from.move(String.valueOf(probe.getFileName()), folder(), newName());
            return false;
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            return true;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    @Override
    public void close() throws IOException {
        if (folder == null) return;
        Path path = folder.path();
        folder.close();
        folder = null;
        PrivateTree.delete(path);
    }
}
