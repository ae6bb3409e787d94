package io.trails.internal.engine;

import io.trails.Isolation;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
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
import java.util.Set;

/** The built-in terminals under a name that only some hosts know. */
final class Panes implements TerminalProvider {
    private final TerminalProvider headless = new HeadlessTerminalProvider();

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
        return headless.plan(request);
    }

    @Override
    public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
        return headless.create(plan, request, sandbox);
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        return headless.open(plan, sandbox);
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        return headless.remove(plan, sandbox, policy);
    }
}
