package io.trails.tck;

import io.trails.Command;
import io.trails.spi.LaunchingSandbox;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxRequest;
import java.util.List;

/** The sandbox {@code host} behind a launcher that does nothing. */
public final class LaunchedHost extends DelegatingSandboxProvider {
    /** Made by name. */
    public LaunchedHost() {}

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        return launching(correct.create(plan, request));
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        return launching(correct.open(plan, request));
    }

    private Sandbox launching(Sandbox host) {
        return new LaunchingSandbox(host, capabilities(), (command, held) -> before(host, command));
    }

    private static List<String> before(Sandbox host, Command command) {
        host.inside(command, "acme/check");
        return List.of("nice", "-n", "1");
    }
}
