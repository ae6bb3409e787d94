package io.trails.examples.bubblewrap;

import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.LaunchingSandbox;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * Runs processes with bubblewrap: they read the host's files but write in the workspace only, see no process but their own,
 * and have no network. Linux only.
 */
public final class BubblewrapSandboxProvider implements SandboxProvider {
    private final SandboxProvider host = SandboxProvider.host();

    @Override
    public String id() {
        return "acme.bubblewrap";
    }

    /** A trial tells more than a look: many systems have bwrap, and forbid what it needs. */
    @Override
    public Availability probe(ProbeContext context) {
        List<String> trial = Jail.bwrap(context.project());
        trial.add("true");
        if (context.succeeds(trial)) return Availability.available();
        return Availability.unavailable(Reason.of(
                "acme.no-bubblewrap",
                "bwrap is missing or may not make namespaces",
                "install bubblewrap, and allow unprivileged user namespaces"));
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of(Isolation.PROCESSES, Isolation.NETWORK);
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return host.accepts(location);
    }

    /** Neither HOST_FILES, because /tmp is another one inside, nor SHARED_PROCESSES: each command is alone. */
    @Override
    public Set<SandboxCapability> capabilities() {
        return Set.of(SandboxCapability.STREAMS, SandboxCapability.BACKGROUND, SandboxCapability.MARKS);
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        var answers = new ArrayList<>(host.enforcement(limits, NetworkPolicy.open()));
        Reason none = Reason.of("acme.no-network", "There is no network", "ask for none");
        if (network instanceof NetworkPolicy.None) answers.add(new Enforcement("NETWORK", Level.ENFORCED, none));
        if (network instanceof NetworkPolicy.Allow) answers.add(new Enforcement("NETWORK", Level.REFUSED, none));
        return answers;
    }

    @Override
    public Plan plan(SandboxRequest request) {
        return host.plan(onHost(request));
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        if (request.network() instanceof NetworkPolicy.Allow) {
            throw new TrailsException("limit.refused", "bubblewrap cannot allow some hosts only; ask for no network");
        }
        return jailed(host.create(plan, onHost(request)), request);
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return jailed(host.open(plan, onHost(request)), request);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        return host.remove(plan, policy);
    }

    /** The host keeps limits, and would refuse a network policy. The host's temporary folder may be hidden. */
    private static SandboxRequest onHost(SandboxRequest request) {
        var environment = new HashMap<>(request.environment());
        environment.put("TMPDIR", "/tmp");
        return request.toBuilder()
                .network(NetworkPolicy.open())
                .environment(environment)
                .build();
    }

    private Sandbox jailed(Sandbox sandbox, SandboxRequest request) {
        Path workspace = ((HostDirectory) request.location()).path();
        return new LaunchingSandbox(sandbox, capabilities(), new Jail(sandbox, workspace, request.stateDirectory()));
    }
}
