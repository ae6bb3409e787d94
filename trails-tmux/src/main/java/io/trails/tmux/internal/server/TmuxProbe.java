package io.trails.tmux.internal.server;

import io.trails.spi.Availability;
import java.time.Duration;
import java.util.Map;

/** Stub. */
public final class TmuxProbe {
    private TmuxProbe() {}

    public static Availability availability(Map<String, String> environment, Duration timeout) {
        return Availability.available();
    }
}
