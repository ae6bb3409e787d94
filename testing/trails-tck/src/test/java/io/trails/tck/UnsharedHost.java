package io.trails.tck;

import io.trails.Command;
import io.trails.Enforcement;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Usage;
import io.trails.spi.Availability;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sandbox {@code host}, or another over it, with less: whoever runs over it makes do, as in a container. */
public final class UnsharedHost implements SandboxProvider {
    private final SandboxProvider host;
    private final Set<SandboxCapability> hidden;

    /** Says nothing of files. Also made by other JVMs. */
    public UnsharedHost() {
        this(SandboxCapability.HOST_FILES);
    }

    UnsharedHost(SandboxCapability... hidden) {
        this(BuiltIn.provider(SandboxProvider.class, "host"), hidden);
    }

    UnsharedHost(SandboxProvider host, SandboxCapability... hidden) {
        this.host = host;
        this.hidden = Set.of(hidden);
    }

    private static Set<SandboxCapability> without(Set<SandboxCapability> hidden, Set<SandboxCapability> capabilities) {
        var fewer = EnumSet.noneOf(SandboxCapability.class);
        fewer.addAll(capabilities);
        fewer.removeAll(hidden);
        return fewer;
    }

    /** Equal where its sandbox is: what is shared is compared. */
    private record Unshared(Sandbox sandbox, Set<SandboxCapability> hidden) implements Sandbox {
        @Override
        public Set<SandboxCapability> capabilities() {
            return without(hidden, sandbox.capabilities());
        }

        @Override
        public ExecResult exec(Command command) {
            return sandbox.exec(command);
        }

        @Override
        public Execution start(Command command) {
            return sandbox.start(command);
        }

        @Override
        public Optional<SandboxCopy> copy() {
            return sandbox.copy();
        }

        @Override
        public Usage usage() {
            return sandbox.usage();
        }

        @Override
        public Sandbox shared() {
            return new Unshared(sandbox.shared(), hidden);
        }

        @Override
        public Command inside(Command command, String mark) {
            return sandbox.inside(command, mark);
        }

        @Override
        public boolean isAlive(String mark) {
            return sandbox.isAlive(mark);
        }

        @Override
        public boolean end(String mark) {
            return sandbox.end(mark);
        }

        @Override
        public void stop() {
            sandbox.stop();
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }

    @Override
    public String id() {
        return "acme.unshared";
    }

    @Override
    public Availability probe(ProbeContext context) {
        return host.probe(context);
    }

    @Override
    public Set<Isolation> isolates() {
        return host.isolates();
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return host.accepts(location);
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return without(hidden, host.capabilities());
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return host.enforcement(limits, network);
    }

    @Override
    public Plan plan(SandboxRequest request) {
        return host.plan(request);
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        return new Unshared(host.create(plan, request), hidden);
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return new Unshared(host.open(plan, request), hidden);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        return host.remove(plan, policy);
    }
}
