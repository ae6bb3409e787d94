package io.trails.internal.engine;

import io.trails.Enforcement;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import io.trails.spi.SandboxUnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A sandbox whose commands run over a copy of the session's files that lies beside them on the host. */
final class CopyingSandbox implements SandboxProvider {
    /** While it is set, nothing can be reached. */
    final AtomicBoolean down = new AtomicBoolean();

    /** Whether it cannot tell by itself what is left there. */
    final AtomicBoolean removalNeedsEngine = new AtomicBoolean();

    /** How many sandboxes are open. */
    final AtomicInteger open = new AtomicInteger();

    final List<SandboxRequest> planned = new CopyOnWriteArrayList<>();
    final List<SandboxRequest> others = new CopyOnWriteArrayList<>();
    final List<SandboxSettings> probed = new CopyOnWriteArrayList<>();
    final List<SandboxSettings> asked = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** What it says it cannot have of every copy. */
    final List<Reason> withheld = new CopyOnWriteArrayList<>();

    void checkReachable() {
        if (down.get()) throw new SandboxUnreachableException("test.down", "The engine is not started; start it");
    }

    @Override
    public String id() {
        return "test.copying";
    }

    @Override
    public Availability probe(ProbeContext context) {
        probed.add(context.sandbox());
        return Availability.available();
    }

    @Override
    public Set<Isolation> isolates() {
        return EnumSet.of(Isolation.PROCESSES, Isolation.SYSTEM);
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return location == HostDirectory.class;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return EnumSet.allOf(SandboxCapability.class);
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return List.of();
    }

    /** It needs an engine that whoever declared it says has no network. */
    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network, SandboxSettings settings) {
        asked.add(settings);
        boolean closed = settings.engines().stream().anyMatch(engine -> engine.network() instanceof NetworkPolicy.None);
        return List.of(new Enforcement(
                "NETWORK",
                closed ? Enforcement.Level.ENFORCED : Enforcement.Level.REFUSED,
                Reason.of("test.engine", closed ? "Engine 'offline' has no network" : "No engine has none")));
    }

    @Override
    public Plan plan(SandboxRequest request) {
        planned.add(request);
        Path location = ((HostDirectory) request.location()).path();
        return Plan.empty()
                .with("files", location.toString())
                .with("own", request.directory().toString());
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        others.add(request);
        return sandbox(request);
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        others.add(request);
        checkReachable();
        return sandbox(request);
    }

    private Sandbox sandbox(SandboxRequest request) {
        return new CopyingPlace(this, request);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        if (removalNeedsEngine.get()) checkReachable();
        Path own = Path.of(plan.get("own"));
        if (!Files.isDirectory(own)) return RemovalReport.nothing();
        var copy = new FileCopy(this, Path.of(plan.get("files")), own);
        if (!copy.pending().isEmpty()) {
            return RemovalReport.kept("the copy of the files", Reason.of("test.pending", "Work did not come back"));
        }
        return RemovalReport.nothing();
    }
}
