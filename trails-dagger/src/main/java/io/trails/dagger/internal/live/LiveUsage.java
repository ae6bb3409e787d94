package io.trails.dagger.internal.live;

import java.time.Duration;

/**
 * What live programs use.
 *
 * @param processes how many there are, descendants included
 * @param memoryBytes resident
 * @param cpuTime of those that live
 */
public record LiveUsage(int processes, long memoryBytes, Duration cpuTime) {
    static final LiveUsage NONE = new LiveUsage(0, 0, Duration.ZERO);

    LiveUsage plus(LiveUsage other) {
        return new LiveUsage(processes + other.processes, memoryBytes + other.memoryBytes, cpuTime.plus(other.cpuTime));
    }
}
