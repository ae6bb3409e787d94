package io.trails.tck;

import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.TerminalProvider;

/** Headless terminals whose programs are children of the JVM, as in a sandbox that leaves nothing in the background. */
final class BuiltInAttachedTerminalTest extends TerminalContract {
    @Override
    protected TerminalProvider provider() {
        return THE_ONE;
    }

    /** What is attached is attached to its provider. */
    private static final TerminalProvider THE_ONE = BuiltIn.provider(TerminalProvider.class, "headless");

    @Override
    protected SandboxProvider sandboxProvider() {
        return new UnsharedHost(SandboxCapability.BACKGROUND, SandboxCapability.HOST_FILES);
    }
}
