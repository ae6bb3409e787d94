package io.trails.daggerdouble.scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What an engine was asked and did. Thread-safe. */
public final class Traffic {

    /**
     * A request as it came.
     *
     * @param variables their JSON, empty without any
     */
    public record Query(String text, String variables) {}

    private final List<Query> queries = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong executions = new AtomicLong();
    private final Object lock = new Object();
    private int running;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    /** HTTP requests, those too that were answered by an error. */
    public long requests() {
        return requests.get();
    }

    /** Processes started for {@code withExec} and services: what came from the cache isn't one. */
    public long executions() {
        return executions.get();
    }

    /** Processes that run now. */
    public long running() {
        synchronized (lock) {
            return running;
        }
    }

    public long bytesReceived() {
        return received.get();
    }

    public long bytesSent() {
        return sent.get();
    }

    public List<Query> queries() {
        return List.copyOf(queries);
    }

    /** What was asked for though no client of ours may: nesting and insecure capabilities. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    public void requested(long bytes) {
        requests.incrementAndGet();
        received.addAndGet(bytes);
    }

    public void query(Query query) {
        queries.add(query);
    }

    public void answer(long bytes) {
        sent.addAndGet(bytes);
    }

    public void refuse(String what) {
        refused.add(what);
    }

    public void started() {
        executions.incrementAndGet();
        synchronized (lock) {
            running++;
        }
    }

    public void ended() {
        synchronized (lock) {
            running--;
            lock.notifyAll();
        }
    }

    /** Waits until no process runs, or no longer than told. */
    public void awaitEnd(long timeout, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        synchronized (lock) {
            try {
                for (long left = deadline - System.nanoTime();
                        running > 0 && left > 0;
                        left = deadline - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public void reset() {
        queries.clear();
        requests.set(0);
        executions.set(0);
        received.set(0);
        sent.set(0);
    }
}
