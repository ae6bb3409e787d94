package io.trails.tck;

import io.trails.Command;
import io.trails.Enforcement;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Usage;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.util.List;
import java.util.Set;

/** Does what a correct provider does; a saboteur overrides one thing. */
class DelegatingSandboxProvider extends DelegatingProvider<SandboxProvider> implements SandboxProvider {
    DelegatingSandboxProvider() {
        super(SandboxProvider.class, "host");
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return correct.accepts(location);
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return correct.capabilities();
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return correct.enforcement(limits, network);
    }

    @Override
    public Plan plan(SandboxRequest request) {
        return correct.plan(request);
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        return new Sabotaged(plan, request, correct.create(plan, request));
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return new Sabotaged(plan, request, correct.open(plan, request));
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        return correct.remove(plan, policy);
    }

    Command command(Command command, SandboxRequest request) {
        return command;
    }

    ExecResult exec(Sandbox sandbox, Command command) {
        return sandbox.exec(command);
    }

    Execution start(Sandbox sandbox, Command command) {
        return sandbox.start(command);
    }

    Usage usage(Usage usage) {
        return usage;
    }

    Sandbox shared(Sandbox sandbox) {
        return sandbox.shared();
    }

    Command inside(Sandbox sandbox, Command command, String mark) {
        return sandbox.inside(command, mark);
    }

    boolean isAlive(Sandbox sandbox, String mark) {
        return sandbox.isAlive(mark);
    }

    boolean end(Sandbox sandbox, String mark) {
        return sandbox.end(mark);
    }

    void stop(Sandbox sandbox) {
        sandbox.stop();
    }

    void close(Plan plan, Sandbox sandbox) {
        sandbox.close();
    }

    /** Asks the provider at every step. */
    private final class Sabotaged implements Sandbox {
        private final Plan plan;
        private final SandboxRequest request;
        private final Sandbox sandbox;

        Sabotaged(Plan plan, SandboxRequest request, Sandbox sandbox) {
            this.plan = plan;
            this.request = request;
            this.sandbox = sandbox;
        }

        @Override
        public Set<SandboxCapability> capabilities() {
            return sandbox.capabilities();
        }

        @Override
        public ExecResult exec(Command command) {
            return DelegatingSandboxProvider.this.exec(
                    sandbox, DelegatingSandboxProvider.this.command(command, request));
        }

        @Override
        public Execution start(Command command) {
            return DelegatingSandboxProvider.this.start(sandbox, command);
        }

        @Override
        public Usage usage() {
            return DelegatingSandboxProvider.this.usage(sandbox.usage());
        }

        @Override
        public Sandbox shared() {
            return DelegatingSandboxProvider.this.shared(sandbox);
        }

        @Override
        public Command inside(Command command, String mark) {
            return DelegatingSandboxProvider.this.inside(sandbox, command, mark);
        }

        @Override
        public boolean isAlive(String mark) {
            return DelegatingSandboxProvider.this.isAlive(sandbox, mark);
        }

        @Override
        public boolean end(String mark) {
            return DelegatingSandboxProvider.this.end(sandbox, mark);
        }

        @Override
        public void stop() {
            DelegatingSandboxProvider.this.stop(sandbox);
        }

        @Override
        public void close() {
            DelegatingSandboxProvider.this.close(plan, sandbox);
        }
    }
}
