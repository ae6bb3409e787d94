package io.trails.internal.agent;

import io.trails.Terminal;
import io.trails.spi.HeldTerminal;

/** Where an agent's terminal comes from. */
public interface AgentTerminals {
    /** The terminal of the last launch, whether the agent still runs or has ended. */
    HeldTerminal current();

    /** The same as the host gets it. */
    Terminal shown();

    /** Launches the agent again, with its arguments for resuming. Only called when it has ended. */
    HeldTerminal relaunch(HeldTerminal ended);
}
