package io.trails.internal.engine;

import io.trails.Registration;
import io.trails.TrailsEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Hands events to listeners, to each in order and on a thread of its own. Thread-safe. */
final class EventHub implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final CopyOnWriteArrayList<EventFeed> feeds = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Duration grace;

    EventHub() {
        this(GRACE);
    }

    /** @param grace how long listeners may take for what was published before the end */
    EventHub(Duration grace) {
        this.grace = grace;
    }

    /** The listener sees those events first, and then all that are published from now on. */
    Registration register(Consumer<? super TrailsEvent> listener, List<TrailsEvent> first) {
        var feed = new EventFeed(listener, "trails-events-" + numbers.incrementAndGet());
        for (TrailsEvent event : first) feed.offer(event);
        feeds.add(feed);
        feed.start();
        if (closed) feed.end();
        return () -> {
            feeds.remove(feed);
            feed.end();
        };
    }

    void publish(TrailsEvent event) {
        for (EventFeed feed : feeds) feed.offer(event);
    }

    /** Lets every listener see what was published before, for a moment at most, which is the same for all of them. */
    @Override
    public void close() {
        closed = true;
        for (EventFeed feed : feeds) feed.end();
        long deadline = System.nanoTime() + grace.toNanos();
        for (EventFeed feed : feeds) feed.awaitEnd(deadline);
        for (EventFeed feed : feeds) feed.abandon();
        feeds.clear();
    }
}
