package io.trails.tmux.internal.place;

import io.trails.Execution;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Watches directories in a sandbox: a process there looks, and tells by its output, which a thread reads. Without it, watches
 * return after a moment without knowing. Thread-safe.
 */
final class SandboxWatches implements AutoCloseable {
    private final Sandbox sandbox;
    private final Object lock = new Object();
    private final Map<DirectoryWatch, Execution> watched = new HashMap<>();
    private boolean closed;

    SandboxWatches(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    DirectoryWatch watch(String directory) {
        var watch = new DirectoryWatch(directory, () -> "", this::closed);
        if (!sandbox.capabilities().contains(SandboxCapability.STREAMS)) {
            watch.lookAlone();
            return watch;
        }
        try {
            tell(watch, sandbox.start(PlaceScripts.WATCH.command(directory)));
        } catch (TrailsInterruptedException e) {
            throw e;
        } catch (TrailsException cannot) {
            LoggerFactory.getLogger(SandboxWatches.class).debug("{} cannot be watched", directory, cannot);
            watch.lookAlone();
        }
        return watch;
    }

    private void tell(DirectoryWatch watch, Execution process) {
        boolean late;
        synchronized (lock) {
            late = closed;
            if (!late) watched.put(watch, process);
        }
        if (late) {
            process.close();
            watch.close();
            return;
        }
        var thread = new Thread(() -> read(watch, process), "trails-tmux-sandbox-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void read(DirectoryWatch watch, Execution process) {
        try (InputStream changes = process.stdout()) {
            byte[] some = new byte[64];
            while (changes.read(some) >= 0) watch.changed();
        } catch (IOException e) {
            LoggerFactory.getLogger(SandboxWatches.class).debug("The watch of {} ended", watch, e);
        }
        watch.lookAlone();
    }

    private void closed(DirectoryWatch watch) {
        Execution process;
        synchronized (lock) {
            process = watched.remove(watch);
        }
        if (process != null) process.close();
    }

    @Override
    public void close() {
        List<DirectoryWatch> open;
        synchronized (lock) {
            closed = true;
            open = List.copyOf(watched.keySet());
        }
        open.forEach(DirectoryWatch::close);
    }
}
