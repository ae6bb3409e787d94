package io.trails.tmux.internal.place;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Watches directories of the host: one watch service and one thread for them all, from the first watch until a moment after
 * the last, since to start and end them takes longer than most watches last. Where the system cannot tell, a watch looks by
 * itself. Thread-safe.
 */
final class DirectoryWatches implements AutoCloseable {
    private static final long LINGER_SECONDS = 2;

    private final Object lock = new Object();
    private final Map<WatchKey, Set<DirectoryWatch>> watched = new HashMap<>();
    private final AtomicBoolean toldWhy = new AtomicBoolean();
    private Optional<WatchService> service = Optional.empty();
    private boolean closed;

    /** Never fails for the directory's sake. */
    DirectoryWatch watch(Path directory) {
        var watch = new DirectoryWatch(directory.toString(), () -> DirectoryPicture.of(directory), this::closed);
        // The JDK looks every few seconds on other systems.
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            watch.lookAlone();
            return watch;
        }
        try {
            register(watch, directory);
        } catch (IOException | ClosedWatchServiceException | UnsupportedOperationException cannot) {
            looking(watch, cannot);
        }
        return watch;
    }

    private void register(DirectoryWatch watch, Path directory) throws IOException {
        // Through links, so that the same directory has one key.
        Path real = directory.toRealPath();
        // With the lock held: a key that another watch of the directory gives back at this moment would be dead.
        synchronized (lock) {
            if (closed) throw new IOException("Nothing is watched any more");
            WatchService running = service.isPresent() ? service.get() : start();
            try {
                WatchKey key = real.register(
                        running,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                watched.computeIfAbsent(key, any -> new HashSet<>()).add(watch);
            } catch (IOException | RuntimeException e) {
                stopIfIdle();
                throw e;
            }
        }
    }

    private WatchService start() throws IOException {
        WatchService started = FileSystems.getDefault().newWatchService();
        service = Optional.of(started);
        var thread = new Thread(() -> run(started), "trails-tmux-watch");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    private void run(WatchService from) {
        try {
            while (true) {
                WatchKey key = from.poll(LINGER_SECONDS, TimeUnit.SECONDS);
                if (key == null) {
                    synchronized (lock) {
                        stopIfIdle();
                    }
                    continue;
                }
                key.pollEvents();
                // Events after this one must signal again, and only then is the change told: whoever looks now sees
                // them.
                boolean valid = key.reset();
                List<DirectoryWatch> told;
                synchronized (lock) {
                    told = new ArrayList<>(watched.getOrDefault(key, Set.of()));
                    if (!valid) watched.remove(key);
                }
                for (DirectoryWatch watch : told) {
                    if (!valid) looking(watch, new IOException("The directory is gone"));
                    watch.changed();
                }
            }
        } catch (ClosedWatchServiceException end) {
            // The last watch was closed.
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    private void looking(DirectoryWatch watch, Exception why) {
        if (toldWhy.compareAndSet(false, true)) {
            LoggerFactory.getLogger(DirectoryWatches.class)
                    .debug("{} is looked at again and again, as it cannot be watched", watch, why);
        }
        watch.lookAlone();
    }

    private void closed(DirectoryWatch watch) {
        synchronized (lock) {
            keyOf(watch).ifPresent(key -> {
                Set<DirectoryWatch> others = watched.getOrDefault(key, new HashSet<>());
                others.remove(watch);
                if (!others.isEmpty()) return;
                watched.remove(key);
                key.cancel();
            });
            if (closed) stopIfIdle();
        }
    }

    private Optional<WatchKey> keyOf(DirectoryWatch watch) {
        return watched.entrySet().stream()
                .filter(entry -> entry.getValue().contains(watch))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void stopIfIdle() {
        if (!watched.isEmpty() || service.isEmpty()) return;
        WatchService idle = service.get();
        service = Optional.empty();
        try {
            idle.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(DirectoryWatches.class).debug("A watch service does not close", e);
        }
    }

    @Override
    public void close() {
        var open = new ArrayList<DirectoryWatch>();
        synchronized (lock) {
            closed = true;
            watched.values().forEach(open::addAll);
            stopIfIdle();
        }
        open.forEach(DirectoryWatch::close);
    }
}
