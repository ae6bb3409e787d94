package io.trails;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a session uses. Immutable.
 *
 * @param cpuTime processor time of its living processes, and of ended ones as far as they were seen
 * @param memoryBytes resident memory of its processes; shared pages count once per process where nothing better is known
 * @param diskBytes how much its files grew since it was opened, never negative
 * @param processes how many processes it has; zombies do not count
 * @param caveats what could not be measured; its value is then 0
 */
public record Usage(Duration cpuTime, long memoryBytes, long diskBytes, int processes, List<Reason> caveats) {
    /** Checks and copies the components. */
    public Usage {
        Objects.requireNonNull(caveats, "caveats");
        Objects.requireNonNull(cpuTime, "cpuTime");
        caveats = List.copyOf(caveats);
    }
}
