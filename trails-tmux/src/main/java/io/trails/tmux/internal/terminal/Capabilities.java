package io.trails.tmux.internal.terminal;

import io.trails.TerminalCapability;
import java.util.EnumSet;
import java.util.Set;

/** What terminals of tmux can do. */
final class Capabilities {
    private Capabilities() {}

    static Set<TerminalCapability> of(boolean onHost, boolean recorded) {
        Set<TerminalCapability> all = EnumSet.allOf(TerminalCapability.class);
        // A person on the host does not reach the socket of a server elsewhere.
        if (!onHost) all.remove(TerminalCapability.ATTACH);
        if (!recorded) all.remove(TerminalCapability.RECORDING);
        return Set.copyOf(all);
    }
}
