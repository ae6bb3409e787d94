package io.trails.dagger.internal.live;

import io.trails.Execution;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.DirectoryId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The programs of one session that run while the host talks to them. As long as there is one, the session's files lie on a cache
 * volume, from which they come back now and then. Thread-safe.
 */
public final class LivePrograms implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration USAGE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final LiveContainer container;
    private final LiveWorkspace workspace;
    private final Connectors connectors;
    private final Homecoming homecoming;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, LiveProgram> programs = new ConcurrentHashMap<>();
    private volatile @Nullable EngineConnection engine;
    private volatile boolean closed;

    /** None yet. Asks the engine nothing. */
    public LivePrograms(LiveContainer container) {
        this(container, Duration.ofSeconds(30));
    }

    LivePrograms(LiveContainer container, Duration pause) {
        this.container = container;
        workspace = new LiveWorkspace(container);
        connectors = new Connectors(container);
        homecoming = new Homecoming(container, workspace, pause);
    }

    /**
     * Whether a session's files lie on a volume from which they have not come back, as after their JVM was killed.
     *
     * @param directory of the session's own files
     * @param patience for a JVM that is about to bring them back
     */
    public static boolean haveLeftFiles(Path directory, Duration patience) {
        var record = new VolumeRecord(directory);
        long deadline = System.nanoTime() + patience.toNanos();
        while (record.live().isPresent()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) return true;
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    /**
     * Starts a program, whose files lie on the volume from then on. Waits for the session's turn only if the files do not lie there
     * yet.
     *
     * @throws TrailsException {@code exec.not-started} if the program or its directory is missing;
     *     {@code dagger.start-unsupported} if the image has nothing that connects it to the host; {@code dagger.program-unheard} if its
     *     container does not come up
     */
    public Execution start(LiveCommand command) {
        if (closed) throw new IllegalStateException("The sandbox is closed; open the session again");
        EngineConnection now = container.engine();
        engine = now;
        Connector connector = connectors.find(now, container.root());
        homecoming.enter();
        int number = numbers.incrementAndGet();
        boolean runs = false;
        boolean unheard = false;
        try {
            LiveProgram program = new Launch(container, workspace, now, connector, command)
                    .start(container.key() + "-" + number, () -> ended(number));
            runs = true;
            programs.put(number, program);
            if (program.isGone()) programs.remove(number);
            if (closed) program.end(closing());
            return program;
        } catch (TrailsException e) {
            unheard = e.code().equals("dagger.program-unheard");
            throw e;
        } finally {
            if (unheard) connectors.forget();
            if (!runs) homecoming.left();
        }
    }

    private void ended(int number) {
        programs.remove(number);
        homecoming.left();
    }

    /** Whether the session's files lie on a volume. */
    public boolean isLive() {
        return workspace.isLive();
    }

    /** A container of the session with the session's files at its workdir, wherever they lie. In the session's turn. */
    public ContainerStep mount(ContainerStep step) {
        homecoming.touch();
        return workspace.mount(step);
    }

    /** The root with the session's files as they are now; the same root if nothing differs. In the session's turn. */
    public DirectoryId settle(DirectoryId root) {
        homecoming.settling();
        return workspace.settle(root);
    }

    /**
     * What the host changed, while the files lie on a volume. In the session's turn.
     *
     * @param root gives the tools alone
     * @param staged copied over the files
     * @param removed paths relative to the workdir, taken away before
     */
    public void put(DirectoryId root, Optional<DirectoryId> staged, List<String> removed) {
        homecoming.touch();
        workspace.put(root, staged, removed);
    }

    /**
     * Looks for the volume that a killed JVM or a lost engine left. For a root that was just made anew; in the session's turn, or before
     * there are any.
     *
     * @param root with the files as the host has them
     * @return whether the files lie on a volume now; if so, and nothing is to run, {@link #comeHome} follows
     */
    public boolean recover(DirectoryId root) {
        homecoming.touch();
        return workspace.resume(root);
    }

    /** Whether the files lie on a volume though nothing runs, and nobody is about to bring them home. */
    public boolean isStranded() {
        return workspace.isLive() && homecoming.isResting();
    }

    /** Whether the host knows of a volume from which files have not come back; it need not be one that this sandbox has. */
    public boolean haveLeftFiles() {
        return workspace.isRecorded();
    }

    /** Brings the files back from the volume and leaves it, unless programs run. Not in the session's turn. */
    public void comeHome() {
        homecoming.comeHome();
    }

    /**
     * Whether files stay on the volume by themselves until {@link #abandon}: what the last program wrote before it was ended would
     * come home otherwise, to a session that goes back to what it was.
     */
    public void holdBack(boolean held) {
        homecoming.holdBack(held);
    }

    /**
     * Leaves the volume with whatever is on it, for a session that goes back to what it was. In the session's turn.
     *
     * @return whether no program runs
     */
    public boolean abandon() {
        return homecoming.abandon();
    }

    /** How many programs run. */
    public int running() {
        return programs.size();
    }

    /** What those use that answer within two seconds. */
    public LiveUsage usage() {
        LiveUsage sum = LiveUsage.NONE;
        for (LiveProgram program : programs.values()) sum = sum.plus(program.usage(USAGE_PATIENCE));
        return sum;
    }

    /** Ends them all and returns when they are gone, or when their engine gives no sign of life any more. */
    public void stop(Reason why) {
        var unused = ended(why);
    }

    private boolean ended(Reason why) {
        List<LiveProgram> all = List.copyOf(programs.values());
        for (LiveProgram program : all) program.end(Ending.cancelled(why));
        for (LiveProgram program : all) {
            if (!awaited(program::awaitGone)) return false;
        }
        return true;
    }

    /** The same, once and for all, and brings the files back, or leaves them to whoever opens the session next. Not in its turn. */
    @Override
    public void close() {
        closed = true;
        try {
            if (ended(closing().reason()) && awaited(homecoming::awaitRest)) return;
            LoggerFactory.getLogger(LivePrograms.class)
                    .warn(
                            "The engine of {} gives no sign of life; what its programs wrote last stays on their volume",
                            container.key());
        } catch (TrailsInterruptedException interrupted) {
            LoggerFactory.getLogger(LivePrograms.class).debug("Nobody waits for files to come home", interrupted);
        } finally {
            homecoming.giveUp();
        }
    }

    /** Whether something came that an engine does, however long that takes an engine that lives. */
    private boolean awaited(Predicate<Duration> wait) {
        for (long start = System.nanoTime(); !wait.test(LOOK); ) {
            EngineConnection asked = engine;
            boolean late = System.nanoTime() - start > LONGEST.toNanos();
            if (late || asked == null || !asked.answers(LOOK)) return false;
        }
        return true;
    }

    private static Ending closing() {
        return Ending.cancelled(Reason.of("exec.cancelled", "The session was closed"));
    }
}
