package io.trails.it;

import io.trails.Enforcement;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.util.List;
import java.util.Set;

/** Another sandbox provider with steps before and after everything it does. */
record CrashingSandbox(SandboxProvider real, CrashSteps steps) implements SandboxProvider {
    @Override
    public String id() {
        return "crash.sandbox";
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
    public boolean accepts(Class<? extends Location> location) {
        return real.accepts(location);
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return real.capabilities();
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return real.enforcement(limits, network);
    }

    @Override
    public Plan plan(SandboxRequest request) {
        steps.reach();
        return real.plan(request);
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        steps.reach();
        Sandbox created = real.create(plan, request);
        steps.reach();
        return created;
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return real.open(plan, request);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        steps.reach();
        RemovalReport report = real.remove(plan, policy);
        steps.reach();
        return report;
    }
}
