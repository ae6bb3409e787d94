package io.trails.internal.select;

import io.trails.Axis;
import io.trails.Enforcement;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.ProviderInfo;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TerminalCapability;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.spi.Availability;
import io.trails.spi.HeldTerminal;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Providers that say what they could do, and a catalog of them. Selection never asks them to do it. */
final class Guests {
    private Guests() {}

    static final Availability USABLE = Availability.available();

    static Availability lacks(String what) {
        return Availability.unavailable(Reason.of(what + ".absent", "There is no " + what, "Install " + what));
    }

    static Workspaces workspace(String id, Isolation... isolates) {
        return new Workspaces(id, set(isolates), USABLE, HostDirectory.class);
    }

    static Sandboxes sandbox(String id, Isolation... isolates) {
        return new Sandboxes(id, set(isolates), USABLE, EnumSet.allOf(SandboxCapability.class), Set.of("MEMORY"));
    }

    static Terminals terminal(String id, SandboxCapability... requires) {
        return new Terminals(id, USABLE, Set.of(requires));
    }

    private static Set<Isolation> set(Isolation... isolates) {
        return Set.of(isolates);
    }

    /** All six that trails knows. */
    static List<Provider> all() {
        return List.of(
                workspace("in-place"),
                workspace("repository"),
                workspace("worktree", Isolation.FILES),
                sandbox("host"),
                sandbox("dagger", Isolation.values()),
                terminal("headless"),
                terminal("tmux", SandboxCapability.BACKGROUND));
    }

    /** What there is with trails-api and a JDK alone. */
    static List<Provider> bare() {
        return List.of(workspace("in-place"), sandbox("host"), terminal("headless"));
    }

    /** The same list, in which one of them is not usable. */
    static List<Provider> without(List<Provider> providers, String id) {
        var changed = new ArrayList<Provider>();
        for (Provider provider : providers) changed.add(provider.id().equals(id) ? unusable(provider) : provider);
        return changed;
    }

    private static Provider unusable(Provider provider) {
        Availability lacks = lacks(provider.id());
        if (provider instanceof Workspaces w) return new Workspaces(w.id(), w.isolates(), lacks, w.locationType());
        if (provider instanceof Sandboxes s) {
            return new Sandboxes(s.id(), s.isolates(), lacks, s.capabilities(), s.keeps());
        }
        if (provider instanceof Terminals t) return new Terminals(t.id(), lacks, t.requires());
        throw new IllegalArgumentException("Not one of ours: " + provider);
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("Selection must not use a provider");
    }

    record Workspaces(
            String id, Set<Isolation> isolates, Availability availability, Class<? extends Location> locationType)
            implements WorkspaceProvider {
        @Override
        public Availability probe(ProbeContext context) {
            return availability;
        }

        @Override
        public Plan plan(WorkspaceRequest request) {
            throw notAsked();
        }

        @Override
        public Location locate(Plan plan) {
            throw notAsked();
        }

        @Override
        public Workspace create(Plan plan, WorkspaceRequest request) {
            throw notAsked();
        }

        @Override
        public Workspace open(Plan plan, WorkspaceRequest request) {
            throw notAsked();
        }

        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            throw notAsked();
        }
    }

    /** @param keeps the subjects it monitors; it refuses all others */
    record Sandboxes(
            String id,
            Set<Isolation> isolates,
            Availability availability,
            Set<SandboxCapability> capabilities,
            Set<String> keeps)
            implements SandboxProvider {
        @Override
        public Availability probe(ProbeContext context) {
            return availability;
        }

        @Override
        public boolean accepts(Class<? extends Location> location) {
            return location == HostDirectory.class;
        }

        @Override
        public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
            var answers = new ArrayList<Enforcement>();
            for (Limits.Kind kind : limits.asMap().keySet()) answers.add(answer(kind.name()));
            if (!(network instanceof NetworkPolicy.Open)) answers.add(answer("NETWORK"));
            return answers;
        }

        /** As if a control group kept whatever is asked for. */
        @Override
        public List<Enforcement> enforcement(Limits limits, NetworkPolicy network, SandboxSettings settings) {
            if (settings.cgroupParent().isEmpty()) return enforcement(limits, network);
            Reason means =
                    Reason.of("host.group", "In " + settings.cgroupParent().get());
            var answers = new ArrayList<Enforcement>();
            for (Limits.Kind kind : limits.asMap().keySet()) {
                answers.add(new Enforcement(kind.name(), Enforcement.Level.ENFORCED, means));
            }
            return answers;
        }

        private Enforcement answer(String subject) {
            return keeps.contains(subject)
                    ? new Enforcement(subject, Enforcement.Level.MONITORED, Reason.of("host.sampled", "Sampled"))
                    : new Enforcement(subject, Enforcement.Level.REFUSED, Reason.of("host.cannot", "No means for it"));
        }

        @Override
        public Plan plan(SandboxRequest request) {
            throw notAsked();
        }

        @Override
        public Sandbox create(Plan plan, SandboxRequest request) {
            throw notAsked();
        }

        @Override
        public Sandbox open(Plan plan, SandboxRequest request) {
            throw notAsked();
        }

        @Override
        public RemovalReport remove(Plan plan, RemovalPolicy policy) {
            throw notAsked();
        }
    }

    record Terminals(String id, Availability availability, Set<SandboxCapability> requires)
            implements TerminalProvider {
        @Override
        public Availability probe(ProbeContext context) {
            return availability;
        }

        @Override
        public Set<Isolation> isolates() {
            return Set.of();
        }

        @Override
        public Set<TerminalCapability> capabilities(Set<SandboxCapability> sandbox) {
            return Set.of();
        }

        @Override
        public Plan plan(TerminalRequest request) {
            throw notAsked();
        }

        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            throw notAsked();
        }

        @Override
        public HeldTerminal open(Plan plan, Sandbox sandbox) {
            throw notAsked();
        }

        @Override
        public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
            throw notAsked();
        }
    }

    /** The catalog of a fixed list. */
    record Catalog(List<Provider> providers, List<ProviderInfo> infos) implements ProviderCatalog {
        Catalog(List<Provider> providers) {
            this(providers, List.of());
        }

        @Override
        public Optional<Provider> find(Axis axis, String id) {
            for (Provider provider : providers) {
                if (provider.id().equals(id) && axisOf(provider) == axis) return Optional.of(provider);
            }
            return Optional.empty();
        }

        @Override
        public Availability availability(Provider provider) {
            if (provider instanceof Workspaces w) return w.availability();
            if (provider instanceof Sandboxes s) return s.availability();
            if (provider instanceof Terminals t) return t.availability();
            return USABLE;
        }

        private static Axis axisOf(Provider provider) {
            if (provider instanceof WorkspaceProvider) return Axis.WORKSPACE;
            return provider instanceof SandboxProvider ? Axis.SANDBOX : Axis.TERMINAL;
        }
    }
}
