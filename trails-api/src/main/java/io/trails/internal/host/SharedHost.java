package io.trails.internal.host;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Limits;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The host, without a session: what several sessions use runs here. Its commands start in the root directory unless they
 * name another. Keeps nothing while no command runs, so nobody has to close it. If the JVM is killed, a command finds the
 * end of its input and has to end by itself.
 */
final class SharedHost implements Sandbox, Commands.Place {
    private static final String NAME = "shared";

    private final Commands commands;

    SharedHost(ProcessTable table) {
        Path root = Path.of("/").toAbsolutePath();
        Executor threads = IdleThreads.named("trails-host-" + NAME);
        var launcher = new Launcher(
                root,
                HostEnvironment.ofNoSession(System.getenv()),
                Limits.none(),
                null,
                new OutputPipes(false),
                threads);
        // Nobody looks for what it would record.
        var record = new CommandRecord(root, false);
        commands = new Commands(NAME, false, launcher, table, Limits.none(), this, record, threads);
    }

    /** All but {@link SandboxCapability#MARKS}: there is no session that a process could become one of. */
    @Override
    public Set<SandboxCapability> capabilities() {
        Set<SandboxCapability> all = EnumSet.copyOf(HostSandboxProvider.CAPABILITIES);
        all.remove(SandboxCapability.MARKS);
        return Set.copyOf(all);
    }

    @Override
    public ExecResult exec(Command command) {
        return commands.exec(command);
    }

    @Override
    public Execution start(Command command) {
        return commands.start(command);
    }

    @Override
    public LimitVerdict starting() {
        return LimitVerdict.fromNowOn(Limits.none(), null);
    }

    @Override
    public void started() {}

    @Override
    public ExecResult ended(RunningCommand command, ExecResult result) {
        return result;
    }

    /** Nothing: no session used it. */
    @Override
    public Usage usage() {
        return new Usage(
                Duration.ZERO,
                0,
                0,
                0,
                List.of(Reason.of("host.usage-shared", "What is shared belongs to no session and is not measured")));
    }

    @Override
    public void stop() {
        throw new TrailsException(
                "sandbox.unsupported", "What sessions share is not stopped; end what you started there by itself");
    }

    /** Does nothing: others use it too. */
    @Override
    public void close() {}
}
