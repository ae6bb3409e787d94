package io.trails.internal.files;

import io.trails.TrailsInterruptedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of the waiting threads do the work of all of them at once, so that they share its cost: the first one leads,
 * and hands over to the next when its own is done. No lock is held while it works. Thread-safe.
 */
public abstract class GroupCommit<R> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Place> queue = new ArrayDeque<>();
    private final Duration patience;
    private boolean led;
    private @Nullable Thread worker;

    /** @param patience how long a request may wait for its turn, and again for its end */
    protected GroupCommit(Duration patience) {
        this.patience = patience;
    }

    /** Does the work, on the thread of one of those who wait and never on two at a time. Records outcomes in the requests. */
    protected abstract void commit(List<R> requests);

    /**
     * Returns when the request was part of a {@link #commit}. An interrupt takes back a request whose turn has not come.
     *
     * @return false if its turn did not come in time, or its end
     */
    public final boolean await(R request) {
        var place = new Place(request);
        lock.lock();
        try {
            if (worker == Thread.currentThread()) {
                throw new IllegalStateException("A change must not make another change");
            }
            queue.add(place);
            if (led) {
                if (!awaitTurn(place)) return false;
                if (place.stage == Stage.DONE) return true;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        lead();
        return true;
    }

    private boolean awaitTurn(Place place) {
        long left = patience.toNanos();
        boolean interrupted = false;
        try {
            boolean again = true;
            while (place.stage == Stage.WAITING || place.stage == Stage.TAKEN) {
                if (left <= 0) {
                    if (place.stage == Stage.WAITING || !again) {
                        queue.remove(place);
                        return false;
                    }
                    again = false;
                    left = patience.toNanos();
                }
                try {
                    left = place.changed.awaitNanos(left);
                } catch (InterruptedException interrupt) {
                    if (queue.remove(place)) {
                        if (place.stage == Stage.LEADING) handOver();
                        throw new TrailsInterruptedException("waiting for other changes to be saved", interrupt);
                    }
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void lead() {
        List<Place> taken = take();
        try {
            var requests = new ArrayList<R>(taken.size());
            for (Place place : taken) requests.add(place.request);
            commit(requests);
        } finally {
            finish(taken);
        }
    }

    private List<Place> take() {
        lock.lock();
        try {
            List<Place> taken = new ArrayList<>(queue);
            queue.clear();
            for (Place place : taken) place.stage = Stage.TAKEN;
            worker = Thread.currentThread();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void finish(List<Place> taken) {
        lock.lock();
        try {
            worker = null;
            for (Place place : taken) place.advance(Stage.DONE);
            handOver();
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        Place next = queue.peek();
        led = next != null;
        if (next != null) next.advance(Stage.LEADING);
    }

    private enum Stage {
        WAITING,
        LEADING,
        TAKEN,
        DONE
    }

    private final class Place {
        private final R request;
        private final Condition changed = lock.newCondition();
        private Stage stage = Stage.WAITING;

        Place(R request) {
            this.request = request;
        }

        void advance(Stage now) {
            stage = now;
            changed.signal();
        }
    }
}
