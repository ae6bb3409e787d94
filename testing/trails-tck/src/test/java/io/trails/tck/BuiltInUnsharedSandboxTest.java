package io.trails.tck;

import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;

/** As where each command has a process table of its own. */
final class BuiltInUnsharedSandboxTest extends SandboxContract {
    @Override
    protected SandboxProvider provider() {
        return new UnsharedHost(SandboxCapability.SHARED_PROCESSES);
    }
}
