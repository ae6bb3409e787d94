package io.trails.tmux;

import io.trails.spi.TerminalProvider;
import io.trails.tck.TerminalContract;

/** The rules for terminals, over the host. */
class TmuxTerminalTest extends TerminalContract {
    @Override
    protected TerminalProvider provider() {
        return new TmuxTerminalProvider();
    }
}
