package io.trails.tmux;

import io.trails.spi.SandboxProvider;
import io.trails.spi.TerminalProvider;
import io.trails.tck.TerminalContract;
import io.trails.tck.UnsharedHost;

/** The rules for terminals, over a sandbox whose files the host does not see, such as a container. */
class TmuxInSandboxTest extends TerminalContract {
    @Override
    protected TerminalProvider provider() {
        return new TmuxTerminalProvider();
    }

    @Override
    protected SandboxProvider sandboxProvider() {
        return new UnsharedHost();
    }
}
