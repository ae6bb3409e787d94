package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.RepoPath;
import java.util.Arrays;

/** A file as an index has it. Immutable; its arrays are not copied and not changed. */
final class IndexEntry {
    static final int FILE = 0100644;
    static final int PROGRAM = 0100755;
    static final int LINK = 0120000;

    private final byte[] path;
    private final int mode;
    private final byte[] id;
    private final Stat stat;
    private final boolean ordinary;

    /**
     * Keeps the arrays.
     *
     * @param path relative to the root of the tree
     * @param mode as in a tree, such as 0100644
     * @param id of the blob
     * @param stat of the file when git last looked
     * @param ordinary whether it is merged, committed or staged with its content, and meant to be in the tree
     */
    IndexEntry(byte[] path, int mode, byte[] id, Stat stat, boolean ordinary) {
        this.path = path;
        this.mode = mode;
        this.id = id;
        this.stat = stat;
        this.ordinary = ordinary;
    }

    byte[] path() {
        return path;
    }

    int mode() {
        return mode;
    }

    byte[] id() {
        return id;
    }

    Stat stat() {
        return stat;
    }

    boolean ordinary() {
        return ordinary;
    }

    boolean isFile() {
        return mode == FILE || mode == PROGRAM;
    }

    IndexEntry with(Stat other) {
        return new IndexEntry(path, mode, id, other, ordinary);
    }

    RepoPath repoPath() {
        return RepoPath.of(path);
    }

    /** How long the path of its directory is, without '/' at its end. */
    int directoryLength() {
        for (int i = path.length - 1; i > 0; i--) {
            if (path[i] == '/') return i;
        }
        return 0;
    }

    boolean isIn(byte[] directory) {
        int length = directoryLength();
        return length == directory.length && Arrays.equals(path, 0, length, directory, 0, length);
    }

    @Override
    public String toString() {
        return Integer.toOctalString(mode) + " " + repoPath();
    }
}
