package io.trails.internal.engine;

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
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sandbox provider that fails where it is told to, with an error no engine expects. */
final class BrokenSandbox implements SandboxProvider {
    enum At {
        PLAN,
        CREATE,
        REMOVE
    }

    private final Set<At> failures;
    final List<SandboxRequest> planned = new CopyOnWriteArrayList<>();

    BrokenSandbox(At first, At... more) {
        failures = EnumSet.of(first, more);
    }

    private void fail(At at) {
        if (failures.contains(at)) throw new AssertionError("broken at " + at);
    }

    @Override
    public String id() {
        return "test.broken";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return Availability.available();
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of();
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return true;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return EnumSet.allOf(SandboxCapability.class);
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return List.of();
    }

    @Override
    public Plan plan(SandboxRequest request) {
        planned.add(request);
        fail(At.PLAN);
        return Plan.empty().with("planned", "yes");
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        fail(At.CREATE);
        throw new IllegalStateException("Nothing more is needed of a broken sandbox");
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        throw new ResourceLostException("It never was there");
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        fail(At.REMOVE);
        return RemovalReport.nothing();
    }
}
