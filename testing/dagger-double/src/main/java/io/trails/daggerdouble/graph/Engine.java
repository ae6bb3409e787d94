package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Bubblewrap;
import io.trails.daggerdouble.run.Cancel;
import io.trails.daggerdouble.run.Flights;
import io.trails.daggerdouble.scene.Faults;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import io.trails.daggerdouble.scene.Traffic;
import io.trails.daggerdouble.tree.Blobs;
import io.trails.daggerdouble.tree.Disk;
import io.trails.daggerdouble.tree.Sha;
import io.trails.daggerdouble.tree.Upload;
import io.trails.daggerdouble.tree.WorkingCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What an engine has between its start and its end: files, values, what it did before. Thread-safe. */
public final class Engine implements AutoCloseable {

    private static final int END = 60;

    final Release release;
    final Path directory;
    final Blobs blobs;
    final Bubblewrap bubblewrap;
    final Faults faults;
    final Traffic traffic;
    final Map<String, Image> images;
    final Ids ids = new Ids();
    final Recipes recipes = new Recipes();
    final Upload.Seen seen = new Upload.Seen();
    final Execs execs;
    final ThreadFactory threads;
    private volatile boolean stopping;
    private final AtomicInteger loopbacks = new AtomicInteger();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    public Engine(
            Release release, Path directory, Map<String, Image> images, Faults faults, Traffic traffic, boolean uplink)
            throws IOException {
        this.release = release;
        this.directory = directory;
        this.images = images;
        this.faults = faults;
        this.traffic = traffic;
        AtomicLong count = new AtomicLong();
        // Deep chains are evaluated by recursion.
        threads = task -> {
            Thread thread = new Thread(null, task, "engine-double-" + count.incrementAndGet(), 64 << 20);
            thread.setDaemon(true);
            return thread;
        };
        // Read now, not while the first client waits.
        Schema.of(release);
        Files.createDirectories(directory.resolve("scratch"));
        blobs = new Blobs(directory.resolve("blobs"));
        WorkingCopies copies = new WorkingCopies(directory.resolve("copies"), blobs);
        bubblewrap = new Bubblewrap(blobs, copies, directory.resolve("scratch"), uplink, threads);
        execs = new Execs(this, new Flights<>(threads));
    }

    public ThreadFactory threads() {
        return threads;
    }

    public void begin(Session session) {
        sessions.add(session);
    }

    /** Ends a session with all that runs for it. */
    public void end(Session session) {
        session.end();
        ids.forget(session);
        sessions.remove(session);
    }

    /** Answers one request; the cancel ends what runs for it. */
    public Reply answer(Session session, String body, Cancel cancel) {
        session.requests.add(cancel);
        try {
            if (stopping) {
                return Reply.SHUTTING_DOWN;
            }
            Reply reply = Schema.of(session.view()).answer(this, session, body, cancel);
            return stopping ? Reply.SHUTTING_DOWN : reply;
        } finally {
            session.requests.remove(cancel);
        }
    }

    /** An address of this machine that no other service has. */
    String nextLoopback() {
        int number = loopbacks.incrementAndGet();
        return "127.44." + (number >> 8 & 255) + "." + (number & 255);
    }

    public void counted(String body) {
        traffic.requested(body.length());
    }

    public void sent(long bytes) {
        traffic.answer(bytes);
    }

    /** Ends what runs as an engine does that is told to stop: requests are answered that it shuts down. */
    public void shutDown() {
        stopping = true;
        sessions.forEach(Session::end);
    }

    /** Forgets all ids, so that each is unknown from now on. */
    public void forgetIds() {
        ids.forgetAll();
        recipes.forgetAll();
    }

    /** Forgets what was executed. */
    public void prune() {
        execs.prune();
    }

    Path cache(String key) {
        return directory.resolve("caches").resolve(new Sha().add(key).hex());
    }

    @Override
    public void close() throws IOException {
        sessions.forEach(this::end);
        traffic.awaitEnd(END, TimeUnit.SECONDS);
        blobs.close();
        Disk.delete(directory);
    }
}
