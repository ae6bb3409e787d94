package io.trails.it;

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
import java.util.Set;

/** Another terminal provider with steps before and after everything it does. */
record CrashingTerminal(TerminalProvider real, CrashSteps steps) implements TerminalProvider {
    @Override
    public String id() {
        return "crash.terminal";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return real.probe(context);
    }

    @Override
    public Set<Isolation> isolates() {
        return real.isolates();
    }

    @Override
    public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
        return real.capabilities(sandbox);
    }

    @Override
    public Set<SandboxCapability> requires() {
        return real.requires();
    }

    @Override
    public Plan plan(TerminalRequest request) {
        steps.reach();
        return real.plan(request);
    }

    @Override
    public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
        steps.reach();
        HeldTerminal created = real.create(plan, request, sandbox);
        steps.reach();
        return created;
    }

    @Override
    public HeldTerminal open(Plan plan, Sandbox sandbox) {
        return real.open(plan, sandbox);
    }

    @Override
    public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
        steps.reach();
        RemovalReport report = real.remove(plan, sandbox, policy);
        steps.reach();
        return report;
    }
}
