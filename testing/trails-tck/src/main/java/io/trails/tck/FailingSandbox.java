package io.trails.tck;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.util.Set;

/** A sandbox whose engine has gone away: it promises everything and runs nothing. */
final class FailingSandbox implements Sandbox {
    @Override
    public Set<SandboxCapability> capabilities() {
        return Set.of(SandboxCapability.values());
    }

    @Override
    public ExecResult exec(Command command) {
        throw gone();
    }

    @Override
    public Execution start(Command command) {
        throw gone();
    }

    @Override
    public Usage usage() {
        throw gone();
    }

    @Override
    public Command inside(Command command, String mark) {
        throw gone();
    }

    @Override
    public boolean isAlive(String mark) {
        throw gone();
    }

    @Override
    public boolean end(String mark) {
        throw gone();
    }

    private static TrailsException gone() {
        return new TrailsException("tck.sandbox-gone", "This sandbox fails on purpose; pass the failure on");
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
}
