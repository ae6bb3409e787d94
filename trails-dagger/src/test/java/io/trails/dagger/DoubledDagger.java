package io.trails.dagger;

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
import io.trails.spi.SandboxSettings;
import java.util.List;
import java.util.Set;

/** The provider with the engine that this JVM plays, or the JVM that started this one. */
public final class DoubledDagger implements SandboxProvider {
    private final SandboxProvider real = new DaggerSandboxProvider(TestEngine.nearby());

    /** For the contract, which makes one in another JVM. */
    public DoubledDagger() {}

    @Override
    public String id() {
        return real.id();
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
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network, SandboxSettings settings) {
        return real.enforcement(limits, network, settings);
    }

    @Override
    public Plan plan(SandboxRequest request) {
        return real.plan(request);
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        return real.create(plan, request);
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return real.open(plan, request);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        return real.remove(plan, policy);
    }
}
