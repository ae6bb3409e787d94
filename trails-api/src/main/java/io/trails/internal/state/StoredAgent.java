package io.trails.internal.state;

import java.util.List;
import java.util.Optional;

/**
 * A session's agent.
 *
 * @param name of its profile
 * @param launch its argv, if the profile came with the spec and is known nowhere else
 * @param launches how often it was started
 */
public record StoredAgent(String name, Optional<List<String>> launch, int launches) {
    public StoredAgent {
        if (launch.isPresent()) launch = Optional.of(List.copyOf(launch.get()));
    }
}
