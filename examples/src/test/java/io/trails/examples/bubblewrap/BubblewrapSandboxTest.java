package io.trails.examples.bubblewrap;

import io.trails.spi.SandboxProvider;
import io.trails.tck.SandboxContract;

class BubblewrapSandboxTest extends SandboxContract {
    @Override
    protected SandboxProvider provider() {
        return new BubblewrapSandboxProvider();
    }
}
