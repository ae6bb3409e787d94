package io.trails.dagger;

import io.trails.Enforcement;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.dagger.internal.sandbox.DaggerSandbox;
import io.trails.dagger.internal.sandbox.EngineRoute;
import io.trails.dagger.internal.sandbox.EngineSearch;
import io.trails.dagger.internal.sandbox.Removal;
import io.trails.dagger.internal.sandbox.SessionPlan;
import io.trails.dagger.internal.sandbox.Sessions;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a session's processes in a container of a Dagger Engine, with files, processes, a system and a network stack of its own.
 *
 * <p>The engine is a cache: what lasts is on the host. The session's files are copied into the container, and what commands change
 * comes back as {@link io.trails.spi.SandboxCopy} says. The commands of a session run one after the other, each on what the one
 * before it left; a command waits for its turn no longer than its own timeout, which starts anew when it runs. What a command
 * leaves in the background ends with it, and what it had changed is lost when it is interrupted or cancelled. Variables of the
 * host do not reach a container, not even {@code LANG} or {@code TERM}: a command has those of its image, its recipe, and its own.
 *
 * <p>Needs the {@code dagger} program and an engine it can reach, releases 0.19 to 1.0. Thread-safe.
 */
public final class DaggerSandboxProvider implements SandboxProvider {
    private final Map<String, String> additional;
    private final Sessions sessions = new Sessions();

    /** Found as a service. */
    public DaggerSandboxProvider() {
        this(Map.of());
    }

    /** Sees these variables beside those of the host. */
    DaggerSandboxProvider(Map<String, String> additional) {
        this.additional = Map.copyOf(additional);
    }

    @Override
    public String id() {
        return "dagger";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return new EngineSearch(environment(context.environment()), context).answer();
    }

    private Map<String, String> environment(Map<String, String> host) {
        var all = new HashMap<>(host);
        all.putAll(additional);
        // Alone it names no session: it was left by one that this program was started in.
        if (all.getOrDefault("DAGGER_SESSION_PORT", "").isEmpty()) all.remove("DAGGER_SESSION_TOKEN");
        return all;
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.copyOf(EnumSet.of(Isolation.FILES, Isolation.PROCESSES, Isolation.SYSTEM, Isolation.NETWORK));
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return HostDirectory.class.isAssignableFrom(location);
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return DaggerSandbox.CAPABILITIES;
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return enforcement(limits, network, SandboxSettings.none());
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network, SandboxSettings settings) {
        return EngineRoute.of(limits, network, settings).answers();
    }

    @Override
    public Plan plan(SandboxRequest request) {
        return SessionPlan.of(request, route(request).name()).write();
    }

    private static EngineRoute route(SandboxRequest request) {
        return EngineRoute.of(request.limits(), request.network(), request.settings());
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        route(request).refusal().ifPresent(answer -> {
            throw new TrailsException(
                    "limit.refused",
                    answer.subject() + " cannot be kept in a container: "
                            + answer.reason().message() + "; " + answer.reason().remedy());
        });
        return sessions.create(SessionPlan.read(plan), request, environment(request.environment()));
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return sessions.open(SessionPlan.read(plan), request, environment(request.environment()));
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        return new Removal(SessionPlan.read(plan), policy).run();
    }
}
