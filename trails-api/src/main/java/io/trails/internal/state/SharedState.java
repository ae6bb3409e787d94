package io.trails.internal.state;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.internal.files.GroupCommit;
import io.trails.internal.files.InterProcessLock;
import io.trails.internal.files.LockTimeoutException;
import io.trails.internal.files.ThisProcess;
import io.trails.internal.state.StateFile.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of {@code state.json}, which every instance of the project may change: read again when it changed, and written
 * under the lock of all of them, for all changes that wait at the same time at once. Thread-safe.
 */
final class SharedState extends GroupCommit<StateChange<?>> {
    private final Path directory;
    private final Clock clock;
    private final Duration patience;
    private final InterProcessLock lock;
    private final StateFile file;
    private volatile Optional<Reason> problem = Optional.empty();
    private volatile @Nullable Loaded loaded;

    SharedState(Path directory, Clock clock, Duration patience, InterProcessLock lock) {
        // Whoever leads may wait for the lock that long, and then has to write.
        super(patience.multipliedBy(2));
        this.directory = directory;
        this.clock = clock;
        this.patience = patience;
        this.lock = lock;
        file = new StateFile(
                directory, ThisProcess.token() + "-" + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36));
    }

    /** What is wrong with the file that was set aside, as of the last look. */
    Optional<Reason> problem() {
        return problem;
    }

    /** The content as it is now; a damaged file is set aside on the way. */
    StateContent current() {
        try {
            return look();
        } catch (CorruptStateException damaged) {
            submit(new StateChange<>(draft -> null));
            Loaded now = loaded;
            return now == null ? StateContent.empty() : now.content();
        }
    }

    /** Returns when the change is on disk, or has failed. */
    void submit(StateChange<?> change) {
        if (!await(change)) throw locked(null);
    }

    /** Deletes what a crash left of unfinished writes, and says what was set aside. */
    void cleanUp() {
        try {
            reportSetAside();
            if (file.unfinished().isEmpty()) return;
            InterProcessLock.Held held = lock.acquire(patience);
            try {
                for (Path unfinished : file.unfinished()) Files.deleteIfExists(unfinished);
            } finally {
                held.close();
            }
        } catch (LockTimeoutException busy) {
            log().debug("Left unfinished files to the next start, since {} is busy", directory);
        } catch (IOException refused) {
            throw StateDirectory.unwritable(directory, refused);
        }
    }

    private StateContent look() throws CorruptStateException {
        Loaded known = loaded;
        if (known != null && known.stamp().same(file.stamp())) return known.content();
        Loaded now = file.load();
        if (known != null) now.content().reuse(known.content());
        loaded = now;
        return now.content();
    }

    /** Under the lock. */
    private StateContent lookOrSetAside() throws IOException {
        try {
            return look();
        } catch (CorruptStateException damaged) {
            log().warn("{} {}: setting it aside", file.path(), damaged.getMessage());
            file.setAside(clock);
            loaded = null;
            reportSetAside();
            return StateContent.empty();
        }
    }

    private void reportSetAside() throws IOException {
        List<Path> aside = file.setAside();
        if (aside.isEmpty()) return;
        problem = Optional.of(Reason.of(
                "state.corrupt",
                "The state was damaged and is kept as " + aside.get(0) + "; sessions that only it knows are not listed",
                "Mend it and put it back as state.json while nothing runs, or delete it"));
    }

    @Override
    protected void commit(List<StateChange<?>> changes) {
        try {
            InterProcessLock.Held held = lock.acquire(patience);
            try {
                StateContent content = lookOrSetAside();
                if (content.isNewer()) throw newer(content);
                save(content, applied(changes, content.entries()));
            } finally {
                held.close();
            }
        } catch (LockTimeoutException busy) {
            fail(changes, locked(busy));
        } catch (IOException refused) {
            fail(changes, StateDirectory.refused(directory, refused));
        } catch (RuntimeException | Error failure) {
            fail(changes, failure);
        }
    }

    private static Map<String, SessionEntry> applied(List<StateChange<?>> changes, Map<String, SessionEntry> before) {
        Map<String, SessionEntry> now = before;
        for (StateChange<?> change : changes) now = change.apply(now, now != before);
        return now;
    }

    private void save(StateContent content, Map<String, SessionEntry> now) {
        if (now == content.entries()) return;
        try {
            loaded = file.save(content.next(now), content);
        } catch (IOException unsaved) {
            loaded = null;
            throw new TrailsException(
                    "state.not-saved",
                    file.path() + " could not be saved (" + StateDirectory.reason(unsaved)
                            + ") and is as it was; make room on the disk and try again",
                    unsaved);
        }
    }

    private TrailsException newer(StateContent content) {
        return new TrailsException(
                "state.newer-version",
                file.path() + " has version " + content.version() + ", this trails writes " + StateContent.VERSION
                        + " and can only read it; use the newer trails that wrote it");
    }

    private TrailsException locked(@Nullable LockTimeoutException cause) {
        String message = "The state in " + directory + " was being written by others for " + patience.toSeconds()
                + " s; try again, and look for a process that hangs if it stays so";
        return cause == null
                ? new TrailsException("state.locked", message)
                : new TrailsException("state.locked", message, cause);
    }

    private static void fail(List<StateChange<?>> changes, Throwable failure) {
        for (StateChange<?> change : changes) change.fail(failure);
    }

    /** Asked for when there is something to say: SLF4J takes longer to start than all that is done here. */
    private static Logger log() {
        return LoggerFactory.getLogger(SharedState.class);
    }
}
