package io.trails.internal.engine;

import java.util.ArrayDeque;

/** What has to be undone if a later step fails, last first. Single-threaded. */
final class Undo {
    private final ArrayDeque<Runnable> steps = new ArrayDeque<>();

    void push(Runnable step) {
        steps.push(step);
    }

    /**
     * Undoes all, even if some of it fails; failures are suppressed onto the cause.
     *
     * @return whether all was undone
     */
    boolean run(Throwable cause) {
        boolean complete = true;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (Throwable failed) {
                complete = false;
                if (failed != cause) cause.addSuppressed(failed);
            }
        }
        return complete;
    }
}
