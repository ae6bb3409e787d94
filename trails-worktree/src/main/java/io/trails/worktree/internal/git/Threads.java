package io.trails.worktree.internal.git;

/** Short-lived daemon threads; each ends with the pipe of the process it serves. */
final class Threads {
    private Threads() {}

    static Thread start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
