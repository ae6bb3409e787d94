package io.trails.internal.engine;

import io.trails.TrailsEvent;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** One listener, its queue and its thread. While the listener blocks, only its own events wait. Thread-safe. */
final class EventFeed {
    private static final int MOST_WAITING = 10_000;

    private final Consumer<? super TrailsEvent> listener;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<TrailsEvent> waiting = new ArrayDeque<>();
    private boolean ending;
    private boolean dropped;
    private volatile boolean abandoned;

    EventFeed(Consumer<? super TrailsEvent> listener, String name) {
        this.listener = listener;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void offer(TrailsEvent event) {
        lock.lock();
        try {
            if (ending) return;
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
                if (!dropped)
                    LoggerFactory.getLogger(EventFeed.class)
                            .warn("Listener {} is too slow: its oldest events are dropped", listener);
                dropped = true;
            }
            waiting.addLast(event);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No further event is taken; those that wait are still delivered. */
    void end() {
        lock.lock();
        try {
            ending = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all was delivered, or at the deadline, or when the calling thread is interrupted. */
    void awaitEnd(long deadlineNanos) {
        if (Thread.currentThread() == thread) return;
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) return;
        try {
            thread.join(left);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts a listener that has not come to an end, unless it is the caller. */
    void abandon() {
        if (Thread.currentThread() == thread || !thread.isAlive()) return;
        abandoned = true;
        thread.interrupt();
    }

    private void run() {
        for (Optional<TrailsEvent> event = next(); event.isPresent() && !abandoned; event = next()) {
            try {
                listener.accept(event.get());
            } catch (Throwable thrown) {
                LoggerFactory.getLogger(EventFeed.class)
                        .warn("Listener {} failed on {}", listener, event.get().type(), thrown);
            }
            clearInterrupt();
        }
    }

    /** A listener that leaves the flag set must not end its own feed. */
    private static boolean clearInterrupt() {
        return Thread.interrupted();
    }

    private Optional<TrailsEvent> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ending) changed.awaitNanos(TimeUnit.MINUTES.toNanos(1));
            return Optional.ofNullable(waiting.pollFirst());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
