package io.trails;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sessions of one project. Thread-safe. Several instances, also in several processes, may serve one project at the
 * same time.
 *
 * <pre>{@code
 * try (Trails trails = Trails.create(Path.of("."))) {
 *     Session session = trails.open(SessionSpec.named("fix-login").agent("claude").build());
 *     session.agent().submit("Fix the login test");
 * }
 * }</pre>
 */
public interface Trails extends AutoCloseable {
    /**
     * Serves a project with the settings, environment and providers found on this machine.
     *
     * @param project an existing directory
     * @return the instance, which the caller closes
     * @throws TrailsException {@code project.*} if the directory cannot be used, {@code state.*} if its state cannot,
     *     {@code settings.*} if its settings are wrong
     */
    static Trails create(Path project) {
        return builder(project).build();
    }

    /**
     * Starts an instance whose settings, environment and providers the host gives or replaces.
     *
     * @param project an existing directory
     * @return a builder
     */
    static TrailsBuilder builder(Path project) {
        return new TrailsBuilder(project);
    }

    /**
     * Opens a new session.
     *
     * @param spec what is asked for
     * @return the session
     * @throws SessionExistsException if the name is taken, also by a session that somebody else is opening, or is removing
     *     and does not finish with within a few seconds
     * @throws NoModeException if no mode fits; carries the advice
     * @throws TrailsException {@code session.name-invalid}; {@code workspace.unsupported} if the session's files are the
     *     project's own and are to start from a base or a checkpoint; or what a provider threw; then nothing is left behind,
     *     except what could not be undone, which {@link #repair()} tries again
     */
    Session open(SessionSpec spec);

    /**
     * Takes up a session again, also in a new JVM.
     *
     * @param name as it was opened
     * @return the session, or empty if there is none of that name; in state {@code LOST} if what it stands on is gone, and
     *     then all it can do is be removed
     * @throws TrailsException {@code session.busy} if somebody, perhaps another thread, is creating or removing it and does
     *     not finish within a few seconds
     */
    Optional<Session> find(String name);

    /**
     * All sessions of the project, whoever opened them.
     *
     * @return ordered by creation
     */
    List<SessionInfo> sessions();

    /**
     * What {@link #open} would choose, what not, and why. Has no side effect; probes are cached.
     *
     * @param spec what would be asked for
     * @return the advice
     */
    ModeAdvice advise(SessionSpec spec);

    /**
     * All providers found: usable, unavailable, and rejected ones with the reason.
     *
     * @return ordered by axis, then by preference and id
     */
    List<ProviderInfo> providers();

    /**
     * The project's audit log.
     *
     * @return the log
     */
    AuditLog audit();

    /**
     * Calls the listener for every event from now on, in order, on a thread of its own. What it throws is logged; while it
     * blocks, only its own events wait, and the oldest of very many are dropped.
     *
     * @param listener called by one thread at a time
     * @return ends the calls when closed; what was published before is still delivered
     */
    Registration onEvent(Consumer<? super TrailsEvent> listener);

    /**
     * Cleans up after crashes: finishes or undoes what was half created, finishes what was half removed. Leaves alone what
     * another living process is at work on. {@link #create} and {@link TrailsBuilder#build()} do so too. Reports, in addition,
     * directories that no session is known for any more, such as after a damaged state was set aside; deletes none of them.
     *
     * @return what was found and done
     */
    RepairReport repair();

    /**
     * Detaches. Sessions that can outlive the host keep running; running {@link Session#exec} calls are cancelled. Sessions,
     * terminals and agents that were handed out throw {@link IllegalStateException} from now on.
     *
     * <p>Takes about a second where commands or listeners do not end when they are asked to, however many there are: then
     * commands are killed and listeners interrupted. Returns after half a minute at the latest, even if a provider or a
     * process hangs; a listener that ignores its interrupt keeps its daemon thread.
     */
    @Override
    void close();
}
