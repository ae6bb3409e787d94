package io.trails.spi;

import io.trails.Isolation;
import java.util.Set;

/**
 * Answers one of the three questions a session is composed of. Implementations implement one of the three subtypes, have
 * a public no-argument constructor that does nothing that can fail, and are thread-safe.
 *
 * <ul>
 *   <li>{@code P-01} {@link #id()} is always the same: lower-case letters, digits and hyphens; ids not built into trails
 *       contain a dot, such as {@code acme.firejail}.
 *   <li>{@code P-02} {@link #probe} has no side effect, throws nothing, and answers within
 *       {@link ProbeContext#timeout()}.
 *   <li>{@code P-03} An {@link Availability.Unavailable} carries at least one reason with a remedy.
 *   <li>{@code P-04} {@link #isolates()} is always the same and claims no more than is true of every session.
 *   <li>{@code P-05} {@code plan} touches nothing. The plans of equal requests differ at most in names that are drawn at
 *       random, from so many that no two are ever the same.
 *   <li>{@code P-06} A plan holds no secret.
 *   <li>{@code P-07} {@code create} may be called again with the same plan, whatever a crash left, and then gives a usable
 *       result without a second copy of anything.
 *   <li>{@code P-08} {@code create} that throws leaves nothing behind.
 *   <li>{@code P-09} {@code open} of what was created gives the same thing in another JVM; of what is gone it throws
 *       {@link ResourceLostException} and creates nothing.
 *   <li>{@code P-10} {@code remove} may be called again, also of what was never created or is gone, and then reports
 *       nothing kept.
 *   <li>{@code P-11} {@code remove} touches nothing that {@code create} did not create.
 * </ul>
 */
public sealed interface Provider permits WorkspaceProvider, SandboxProvider, TerminalProvider {
    /**
     * Names the provider in modes, state and reports.
     *
     * @return always the same id
     */
    String id();

    /**
     * Says whether the provider can be used here and now. Called at most once per instance and project, off the caller's
     * thread.
     *
     * @param context what to look at
     * @return the answer
     */
    Availability probe(ProbeContext context);

    /**
     * What a session isolates thanks to this provider.
     *
     * @return always the same set
     */
    Set<Isolation> isolates();

    /**
     * Where the provider stands among those of its axis that a mode does not order. The order is total: higher
     * preference first, then id.
     *
     * @return 0 unless there is a reason
     */
    default int preference() {
        return 0;
    }
}
