package io.trails.tck;

import io.trails.spi.SandboxProvider;

final class BuiltInSandboxTest extends SandboxContract {
    @Override
    protected SandboxProvider provider() {
        return BuiltIn.provider(SandboxProvider.class, "host");
    }
}
