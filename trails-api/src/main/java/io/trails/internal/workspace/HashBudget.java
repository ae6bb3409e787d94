package io.trails.internal.workspace;

/** How many files, and how many bytes of them, are read when a session starts. Single-threaded. */
final class HashBudget {
    private int files;
    private long bytes;

    HashBudget(int files, long bytes) {
        this.files = files;
        this.bytes = bytes;
    }

    boolean take(long size) {
        if (files == 0 || size > bytes) return false;
        files--;
        bytes -= size;
        return true;
    }
}
