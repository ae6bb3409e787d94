package io.trails.dagger.internal.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The containers of checkpoints, for all sessions of a provider, as long as it lives. The oldest are forgotten when there are too
 * many. Thread-safe.
 */
public final class SavedContainers {
    private static final int MOST = 1_000;

    private final Object lock = new Object();
    private final Map<String, Saved> byCheckpoint = new LinkedHashMap<>();

    void put(String checkpoint, Saved saved) {
        synchronized (lock) {
            byCheckpoint.put(checkpoint, saved);
            if (byCheckpoint.size() > MOST) {
                byCheckpoint.remove(byCheckpoint.keySet().iterator().next());
            }
        }
    }

    Optional<Saved> find(String checkpoint) {
        synchronized (lock) {
            return Optional.ofNullable(byCheckpoint.get(checkpoint));
        }
    }
}
