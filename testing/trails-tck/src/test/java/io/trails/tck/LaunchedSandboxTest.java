package io.trails.tck;

import io.trails.spi.SandboxProvider;

/** What the contract asks of a sandbox is kept behind a launcher, on systems that have the marks to check a command with. */
final class LaunchedSandboxTest extends SandboxContract {
    @Override
    protected SandboxProvider provider() {
        return new LaunchedHost();
    }
}
