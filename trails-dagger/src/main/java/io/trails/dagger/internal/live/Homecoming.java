package io.trails.dagger.internal.live;

import io.trails.TrailsInterruptedException;
import io.trails.spi.SandboxUnreachableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Moves the session's files to the volume for the first program, brings them back now and then, and for good after the last one.
 * Its one thread ends when that is done. Thread-safe.
 */
final class Homecoming {
    /** So that bringing back takes no more than a tenth of the time. */
    private static final int TIMES_AS_LONG = 10;

    private static final long LAST_SECONDS = 2;

    private final LiveContainer container;
    private final LiveWorkspace workspace;
    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread;
    private int running;
    private boolean touched;
    private boolean heldBack;
    private boolean givenUp;

    Homecoming(LiveContainer container, LiveWorkspace workspace, Duration pause) {
        this.container = container;
        this.workspace = workspace;
        this.pause = pause;
    }

    /** One more program; returns when the files lie on the volume. */
    void enter() {
        if (!joined()) {
            container.change(root -> {
                workspace.enter(root);
                joined();
                return root;
            });
        }
    }

    /** Nobody leaves the volume between the look at it and the count. */
    private boolean joined() {
        lock.lock();
        try {
            if (!workspace.isLive()) return false;
            running++;
            touched = true;
            if (thread == null) {
                thread = new Thread(this::watch, "trails-live-files-" + container.key());
                thread.setDaemon(true);
                thread.start();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One program less. */
    void left() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The files on the volume may change without a program. */
    void touch() {
        lock.lock();
        try {
            touched = true;
        } finally {
            lock.unlock();
        }
    }

    /** The root gets the files as they are from now on. */
    void settling() {
        lock.lock();
        try {
            if (running == 0) touched = false;
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        try {
            bringHomeAndAgain();
        } finally {
            over();
        }
    }

    /** Nobody waits for a thread that has ended, however it did. */
    private void over() {
        lock.lock();
        try {
            // Another one may have begun since this one was done.
            if (thread == Thread.currentThread()) thread = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void bringHomeAndAgain() {
        long nanos = pause.toNanos();
        while (true) {
            boolean last = isLastGone(nanos);
            long start = System.nanoTime();
            if (isGivenUp() || (last && isHome())) return;
            if (!last && !isHeldBack()) container.bringBack();
            nanos = Math.max(pause.toNanos(), TIMES_AS_LONG * (System.nanoTime() - start));
        }
    }

    private boolean isGivenUp() {
        lock.lock();
        try {
            if (givenUp) thread = null;
            return givenUp;
        } finally {
            lock.unlock();
        }
    }

    private boolean isLastGone(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while ((running > 0 || heldBack) && left > 0 && !givenUp) left = changed.awaitNanos(left);
            return running <= 0 && !heldBack;
        } catch (InterruptedException e) {
            LoggerFactory.getLogger(Homecoming.class).debug("Somebody wants files to come back early", e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is left to do; what fails is done by whoever takes up the volume next. */
    private boolean isHome() {
        try {
            comeHome();
        } catch (SandboxUnreachableException away) {
            LoggerFactory.getLogger(Homecoming.class)
                    .warn(
                            "The files of {} stay on a volume of the engine until the session is used again: {}",
                            container.key(),
                            away.getMessage());
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Homecoming.class)
                    .warn(
                            "The files of {} stay on a volume of the engine until the session is used again",
                            container.key(),
                            e);
        }
        lock.lock();
        try {
            if (running > 0 && !givenUp) return false;
            thread = null;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The volume is left, and the host told so, once the host has all that is on it: it is the only copy until then. */
    void comeHome() {
        // A program may end while the files come for the first time.
        for (int i = 0; i < 2 && workspace.isLive() && !isRunning() && !isHeldBack(); i++) {
            container.bringHome(this::leave);
        }
    }

    private void leave() {
        if (released(false)) workspace.forget();
    }

    /** In the session's turn: leaves the volume as it is, unless programs run. One that has just ended is waited for. */
    boolean abandon() {
        awaitLast();
        boolean left = released(true);
        if (left) workspace.forget();
        return left;
    }

    /**
     * From then on a program that wants to start waits for the turn.
     *
     * @param anyway also if files may have been changed since they last came
     */
    private boolean released(boolean anyway) {
        lock.lock();
        try {
            boolean leaves = running <= 0 && (anyway || !touched);
            if (leaves) workspace.release();
            return leaves;
        } finally {
            lock.unlock();
        }
    }

    private void awaitLast() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(LAST_SECONDS);
            while (running > 0 && left > 0) left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for a program to end", e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether files stay on the volume by themselves, because the session is to go back to what it was without them. */
    void holdBack(boolean held) {
        lock.lock();
        try {
            heldBack = held;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeldBack() {
        lock.lock();
        try {
            return heldBack;
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunning() {
        lock.lock();
        try {
            return running > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody is about to bring the files home. */
    boolean isResting() {
        lock.lock();
        try {
            return running <= 0 && thread == null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is left to do, and tells whether that is so. */
    boolean awaitRest(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (thread != null && left > 0) left = changed.awaitNanos(left);
            return thread == null;
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for files to come home", e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waits for an engine: whoever opens the session next looks after the volume. */
    void giveUp() {
        lock.lock();
        try {
            givenUp = true;
            if (thread != null) thread.interrupt();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
