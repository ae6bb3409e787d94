package io.trails.tck;

import io.trails.spi.SandboxProvider;

/** What the contract asks of a sandbox on a copy can be kept. */
final class MirrorSandboxTest extends SandboxContract {
    @Override
    protected SandboxProvider provider() {
        return new MirrorSandboxProvider();
    }
}
