package io.trails.tmux;

import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TerminalCapability;
import io.trails.spi.Availability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import io.trails.tmux.internal.server.TmuxProbe;
import io.trails.tmux.internal.terminal.PaneTerminals;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds programs in panes of a tmux server of its own: they outlive the host, are shown as a person would see them, and a
 * person can attach. The server is one for all sessions that share a state directory, in every JVM. It has a socket in a
 * private directory, reads no configuration, and has an environment without anything of the host's; the user's own server is
 * neither used nor touched. When the last terminal is removed, it ends.
 *
 * <p>Needs tmux 3.0 or newer and Linux. tmux is reached through the sandbox alone, so it has to be installed where the
 * sandbox's processes run; {@link #probe} looks on the host.
 *
 * <p>The program gets the arguments, directory and environment asked for, but for what the terminal says of itself
 * ({@code TERM}, {@code TERM_PROGRAM}, {@code COLUMNS}, {@code LINES}). A line longer than 4,095 bytes that is typed to a
 * program which reads whole lines is cut by the kernel (termios(3), canonical mode).
 */
public final class TmuxTerminalProvider implements TerminalProvider {
    private final AtomicReference<@Nullable PaneTerminals> terminals = new AtomicReference<>();

    /** For the class path's and the engine's use. */
    public TmuxTerminalProvider() {}

    @Override
    public String id() {
        return "tmux";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of();
    }

    @Override
    public Availability probe(ProbeContext context) {
        return TmuxProbe.availability(context.environment(), context.timeout());
    }

    @Override
    public Set<SandboxCapability> requires() {
        return Set.of(SandboxCapability.STREAMS, SandboxCapability.BACKGROUND, SandboxCapability.MARKS);
    }

    @Override
    public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return PaneTerminals.capabilities(sandbox);
    }

    @Override
    public Plan plan(TerminalRequest request) {
        return PaneTerminals.plan(request);
    }

    @Override
    public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
        return terminals().create(plan, request, sandbox);
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        return terminals().open(plan, sandbox);
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        return terminals().remove(plan, sandbox, policy);
    }

    /** Not before somebody has a terminal: most starts of trails only ask whether there could be one. */
    private PaneTerminals terminals() {
        PaneTerminals known = terminals.get();
        if (known != null) return known;
        terminals.compareAndSet(null, new PaneTerminals());
        PaneTerminals made = terminals.get();
        if (made == null) throw new IllegalStateException("What was just set is gone");
        return made;
    }
}
