package io.trails.spi;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.TrailsException;
import io.trails.Usage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox that starts each command of a session behind a launcher, such as bubblewrap, firejail or ssh, in the sandbox under it,
 * which does everything else: deadlines, outputs, limits, usage, and the end of the launcher with its whole tree. Thread-safe.
 *
 * <p>What holds for the sandbox under it holds for the launcher. It has to pass on input, outputs, environment and exit code.
 */
public final class LaunchingSandbox implements Sandbox {
    private final Sandbox under;
    private final Set<SandboxCapability> capabilities;
    private final Launcher launcher;

    /** Says what a command starts behind. Thread-safe. */
    @FunctionalInterface
    public interface Launcher {
        /**
         * What comes before the arguments of the command. Throws {@code exec.not-started} for a program or a directory that the
         * launcher would not find: the sandbox finds the launcher, and nothing else tells.
         *
         * @param command what is to run
         * @param held whether something else holds it, with a terminal that the launcher must not take away
         * @return a program and its first arguments
         * @throws TrailsException if the command cannot be started
         */
        List<String> before(Command command, boolean held);
    }

    /**
     * Starts commands behind a launcher.
     *
     * @param under where the launcher runs
     * @param capabilities those of {@code under} that are left behind the launcher
     * @param launcher what a command starts behind
     */
    public LaunchingSandbox(Sandbox under, Set<SandboxCapability> capabilities, Launcher launcher) {
        this.under = Objects.requireNonNull(under, "under");
        this.capabilities = Set.copyOf(capabilities);
        this.launcher = Objects.requireNonNull(launcher, "launcher");
    }

    private Command launched(Command command, boolean held) {
        return command.startedBy(launcher.before(command, held));
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return capabilities;
    }

    @Override
    public ExecResult exec(Command command) {
        return under.exec(launched(command, false));
    }

    @Override
    public Execution start(Command command) {
        return under.start(launched(command, false));
    }

    @Override
    public Optional<SandboxCopy> copy() {
        return under.copy();
    }

    @Override
    public Usage usage() {
        return under.usage();
    }

    /** Without the launcher: what belongs to no session is not confined as one. */
    @Override
    public Sandbox shared() {
        return under.shared();
    }

    @Override
    public Command inside(Command command, String mark) {
        return under.inside(launched(command, true), mark);
    }

    @Override
    public boolean isAlive(String mark) {
        return under.isAlive(mark);
    }

    @Override
    public boolean end(String mark) {
        return under.end(mark);
    }

    @Override
    public void stop() {
        under.stop();
    }

    @Override
    public void close() {
        under.close();
    }
}
