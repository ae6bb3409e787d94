package io.trails.internal.state;

import io.trails.Reason;
import io.trails.SessionState;
import io.trails.TrailsException;
import io.trails.internal.files.InterProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered of a project's sessions, in {@code state.json}. Shared with every other instance, in this process and
 * in others, that serves the same directory. Thread-safe.
 *
 * <p>A write is complete on disk before {@link #update} returns; a crash, a kill or a full disk leaves the former content.
 * Changes of several threads that wait at the same time share one write. A damaged file is set aside, never overwritten; see
 * {@link #problem()}. Nothing here depends on the clock going forward.
 */
public final class StateStore implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final InterProcessLock lock;
    private final Duration patience;
    private final SharedState content;
    private final AtomicReference<@Nullable Presence> presence = new AtomicReference<>();
    private volatile Optional<Reason> warning = Optional.empty();
    private volatile boolean closed;

    StateStore(Path stateDirectory, Clock clock, Duration patience) {
        this.directory = stateDirectory.toAbsolutePath();
        this.patience = patience;
        lock = new InterProcessLock(directory, "state");
        content = new SharedState(directory, clock, patience, lock);
    }

    /**
     * Opens the state of a directory, which is created if it is missing.
     *
     * @param stateDirectory normally {@code .trails} in the project
     * @param clock names files that are set aside
     * @throws TrailsException {@code state.unwritable}, {@code state.unreadable}, {@code state.not-a-directory},
     *     {@code state.not-a-file}, {@code state.symlink}
     */
    public static StateStore open(Path stateDirectory, Clock clock) {
        return open(stateDirectory, clock, PATIENCE);
    }

    static StateStore open(Path stateDirectory, Clock clock, Duration patience) {
        var store = new StateStore(stateDirectory, clock, patience);
        store.warning = StateDirectory.prepare(store.directory);
        store.content.cleanUp();
        store.content.current();
        return store;
    }

    /** What is wrong with the state as a whole; it is gone when the file that was set aside is. */
    public Optional<Reason> problem() {
        return content.problem();
    }

    /** What the user should look after where the state is kept, as of the opening. */
    public Optional<Reason> warning() {
        return warning;
    }

    /** The id under which {@link #isAlive} knows this instance, until it is closed. */
    public String presence() {
        Presence known = presence.get();
        if (known != null) return known.id();
        Path instances = instances();
        StateDirectory.create(instances);
        try {
            Presence entered = Presence.enter(instances);
            if (!presence.compareAndSet(null, entered)) {
                entered.leave();
            } else if (closed) {
                close();
            } else {
                sweep(instances);
            }
        } catch (IOException refused) {
            throw StateDirectory.unwritable(instances, refused);
        }
        Presence now = presence.get();
        if (now == null) throw new IllegalStateException("The state is closed");
        return now.id();
    }

    /**
     * Whether the instance lives, in this process or another one. Says so, too, when it cannot be found out.
     *
     * @param id what its {@link #presence()} returned
     */
    public boolean isAlive(String id) {
        return Presence.isAlive(instances(), id);
    }

    /** All sessions by name, in the order of their creation, as they are now. Each is decoded when it is looked at. */
    public Map<String, SessionRecord> read() {
        return new SessionMap(content.current().entries());
    }

    /** The sessions that somebody is creating or removing, or was when it died. Looks at no other one. */
    public List<SessionRecord> unsettled() {
        var unsettled = new ArrayList<SessionRecord>();
        for (SessionEntry entry : content.current().entries().values()) {
            if (!entry.isUnsettled()) continue;
            SessionState state = entry.session().state();
            if (state == SessionState.CREATING || state == SessionState.REMOVING) unsettled.add(entry.session());
        }
        return unsettled;
    }

    /**
     * Changes the state: nobody else changes it from the moment the mutation sees it until its result is on disk. What the
     * mutation throws comes back to the caller, and the state stays as it was.
     *
     * @param mutation runs once at most, quickly, over memory only, perhaps on the thread of another caller; must not use
     *     this store
     * @throws TrailsException {@code state.locked}, {@code state.not-saved}, {@code state.unwritable},
     *     {@code state.newer-version}, and what {@link #open} throws
     */
    public <T> T update(Function<StateDraft, T> mutation) {
        var change = new StateChange<>(mutation);
        if (closed) throw new IllegalStateException("The state is closed");
        content.submit(change);
        return change.outcome();
    }

    /** Where all of it is, as it was given. */
    public Path directory() {
        return directory;
    }

    /** Where the session's own files go, and those of no other one of its name before or after it. Not created. */
    public OwnDirectory sessionDirectory(SessionRecord session) {
        return sessions().resolve(session.directoryName());
    }

    /** Directories of sessions nobody knows, such as those of a state that was set aside. */
    public List<Path> abandonedDirectories() {
        return new SessionDirectories(sessions()).unknown(this::read);
    }

    /** Where recordings of terminals that were removed go. Not created. */
    public OwnDirectory recordings() {
        return new OwnDirectory(directory, directory.resolve("recordings"));
    }

    private OwnDirectory sessions() {
        return new OwnDirectory(directory, directory.resolve("sessions"));
    }

    @Override
    public void close() {
        closed = true;
        Presence left = presence.getAndSet(null);
        if (left == null) return;
        try {
            left.leave();
        } catch (IOException unremoved) {
            // Its lock is gone with the channel, so others take it for dead, and sweep.
            log().debug("Could not remove the presence {}", left.id(), unremoved);
        }
    }

    /** Asked for when there is something to say: SLF4J takes longer to start than all that is done here. */
    private static Logger log() {
        return LoggerFactory.getLogger(StateStore.class);
    }

    private Path instances() {
        return directory.resolve("instances");
    }

    private void sweep(Path instances) {
        try {
            InterProcessLock.Held held = lock.acquire(patience);
            try {
                Presence.sweep(instances);
            } finally {
                held.close();
            }
        } catch (IOException unswept) {
            // They do no harm: a dead presence is dead, swept or not.
            log().debug("Left what dead instances left in {}", instances, unswept);
        }
    }
}
