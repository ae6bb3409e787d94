package io.trails.worktree.internal.pull;

import java.time.Duration;

/**
 * How long and how much. Immutable.
 *
 * @param timeout of one request with its answer
 * @param longestPause that a server may ask for before the second try
 * @param gatewayPause before the second try if the server asks for none
 * @param largestAnswer in bytes
 */
public record RestLimits(Duration timeout, Duration longestPause, Duration gatewayPause, int largestAnswer) {
    public static RestLimits usual() {
        return new RestLimits(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(500), 4 << 20);
    }

    public RestLimits timeout(Duration limit) {
        return new RestLimits(limit, longestPause, gatewayPause, largestAnswer);
    }
}
