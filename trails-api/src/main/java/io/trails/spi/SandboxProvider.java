package io.trails.spi;

import io.trails.Enforcement;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.internal.host.HostSandboxProvider;
import java.util.List;
import java.util.Set;

/**
 * Runs a session's processes. Rules {@code S-19} to {@code S-26} are those of {@link SandboxCopy}.
 *
 * <ul>
 *   <li>{@code S-01} The arguments, the directory, the environment and the input reach the program as they were given;
 *       every byte but NUL, no shell.
 *   <li>{@code S-02} The exit code is the program's, 0 to 255; 128 + n after signal n.
 *   <li>{@code S-03} Both outputs are drained however long they are; what is not kept is marked, counted and, on request,
 *       written to a file.
 *   <li>{@code S-04} After its timeout a command is {@code TIMED_OUT}, and no descendant of it lives, not even one that left
 *       its process group or session.
 *   <li>{@code S-05} A program that cannot be started is a {@code TrailsException} {@code exec.not-started}; so is a missing
 *       directory.
 *   <li>{@code S-06} The host's variables that would hijack the child ({@code GIT_*}, {@code TMUX*},
 *       {@code DAGGER_SESSION_*}) do not reach it unless the command names them.
 *   <li>{@code S-07} Every limit and network policy asked for is answered by {@link #enforcement}; {@link #create} refuses
 *       one that it answers with {@code REFUSED}, with {@code limit.refused}.
 *   <li>{@code S-08} A breach of a monitored or enforced limit ends as {@code LIMIT_EXCEEDED} where the sandbox can tell,
 *       and no process of the session that broke it goes on.
 *   <li>{@code S-09} {@link Sandbox#stop()} ends every process of the session, also those started by another JVM, and no
 *       other process.
 *   <li>{@code S-10} {@link Sandbox#usage()} counts the session's processes, wherever they were started.
 *   <li>{@code S-11} An interrupted {@link Sandbox#exec} ends the command with its descendants.
 *   <li>{@code S-12} Secrets in the environment of a command are not visible in any argument list.
 *   <li>{@code S-13} {@link Sandbox#close()} detaches: with {@code BACKGROUND}, what runs in the background goes on, on
 *       Linux also if it writes to the outputs of the {@link Sandbox#exec} it came from.
 *   <li>{@code S-14} {@link #remove} keeps the session while processes of it live, unless the policy ends them.
 *   <li>{@code S-15} A command does not outlive its JVM: on an orderly exit the sandbox ends it. If the JVM was killed,
 *       {@link #open} ends it, on Linux at least, with its descendants; what commands that had ended left in the
 *       background goes on.
 *   <li>{@code S-16} What runs in {@link Sandbox#shared()} belongs to no session: it is not counted, has none of its
 *       variables, and goes on when the session stops or its sandbox closes. Sandboxes of one provider object that share a
 *       place return equal objects. Where a session has a place of its own, that is the sandbox itself.
 *   <li>{@code S-17} With {@code MARKS}, what {@link Sandbox#inside} returns, started in {@link Sandbox#shared()} with those
 *       variables in that directory, is what {@link Sandbox#exec} would start: {@code S-01}, {@code S-05} to {@code S-10} and
 *       {@code S-14} hold for it.
 *   <li>{@code S-18} With {@code MARKS}, {@link Sandbox#isAlive} and {@link Sandbox#end} find the processes of a mark in any
 *       JVM, those included that left their group, session or parent, and no process of another mark; a process that only
 *       waits to be reaped is not alive.
 * </ul>
 */
public non-sealed interface SandboxProvider extends Provider {
    /**
     * The sandbox {@code host} that comes with trails, for a provider whose processes are the host's and start through something
     * of its own. It passes on what it is asked, and gives its sessions a {@link LaunchingSandbox} over the host's.
     *
     * @return a new instance, which shares nothing with other instances
     */
    static SandboxProvider host() {
        return new HostSandboxProvider();
    }

    /**
     * Whether processes can run over files of that kind of location.
     *
     * @param location a type of location
     * @return true if so
     */
    boolean accepts(Class<? extends Location> location);

    /**
     * What its sandboxes can do.
     *
     * @return always the same set
     */
    Set<SandboxCapability> capabilities();

    /**
     * What would be done about each limit and the network policy. Cheap and pure.
     *
     * @param limits the limits asked for
     * @param network the network policy asked for
     * @return one entry per limit that is set, and one for the network unless it is open
     */
    List<Enforcement> enforcement(Limits limits, NetworkPolicy network);

    /**
     * The same where trusted settings may change the answer. Both are given the same settings: this, and {@link #plan} and
     * {@link #create} with the request.
     *
     * @param limits the limits asked for
     * @param network the network policy asked for
     * @param settings what is configured for sandboxes
     * @return one entry per limit that is set, and one for the network unless it is open
     */
    default List<Enforcement> enforcement(Limits limits, NetworkPolicy network, SandboxSettings settings) {
        return enforcement(limits, network);
    }

    /**
     * Says what would be created. Touches nothing; may draw a random name.
     *
     * @param request what is asked for
     * @return the plan
     */
    Plan plan(SandboxRequest request);

    /**
     * Creates what was planned, or finishes or adopts what a crash left of it.
     *
     * @param plan from {@link #plan}
     * @param request the same as then
     * @return the sandbox
     */
    Sandbox create(Plan plan, SandboxRequest request);

    /**
     * Takes up what was created, in this or another JVM.
     *
     * @param plan from {@link #plan}
     * @param request the same as then, with a reporter of this JVM
     * @return the sandbox
     * @throws ResourceLostException if it is gone for good
     * @throws SandboxUnreachableException if what it runs on cannot be reached now
     */
    Sandbox open(Plan plan, SandboxRequest request);

    /**
     * Removes what was created.
     *
     * @param plan from {@link #plan}
     * @param policy what may be done
     * @return what was removed, what was kept, and why
     */
    RemovalReport remove(Plan plan, RemovalPolicy policy);
}
