package io.trails.internal.engine;

import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.internal.terminal.HeadlessTerminalProvider;
import io.trails.spi.Availability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The built-in terminals under a name that only some hosts know. */
class Panes implements TerminalProvider {
    /** What terminals were asked for, as often as it was planned or created. */
    final List<TerminalRequest> requests = new CopyOnWriteArrayList<>();

    private final TerminalProvider headless = new HeadlessTerminalProvider();

    /** The session's shell, made to end when it is asked to: an interactive one takes no notice and is waited for. */
    static Terminal shell(Session session) {
        Terminal shell = session.terminal();
        shell.run("trap 'exit 0' TERM", Duration.ofSeconds(20)).orThrow();
        return shell;
    }

    @Override
    public String id() {
        return "test.panes";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return headless.probe(context);
    }

    @Override
    public Set<Isolation> isolates() {
        return headless.isolates();
    }

    @Override
    public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return headless.capabilities(sandbox);
    }

    @Override
    public Set<SandboxCapability> requires() {
        return headless.requires();
    }

    @Override
    public Plan plan(TerminalRequest request) {
        requests.add(request);
        return headless.plan(request);
    }

    @Override
    public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
        requests.add(request);
        return held(headless.create(plan, request, sandbox));
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        return held(headless.open(plan, sandbox));
    }

    HeldTerminal held(HeldTerminal terminal) {
        return terminal;
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        return headless.remove(plan, sandbox, policy);
    }
}
