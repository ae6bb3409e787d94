package io.trails;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link Recording} is played. Immutable.
 *
 * @param speed 1 for the original pace, 2 for twice as fast; greater than 0, infinite for no pauses at all
 * @param idleLimit pauses of the recording that are longer are cut to this, before {@code speed} is applied
 */
public record Playback(double speed, Optional<Duration> idleLimit) {
    /** Checks the components. */
    public Playback {
        if (!(speed > 0)) throw new IllegalArgumentException("A speed must be greater than 0: " + speed);
        Objects.requireNonNull(idleLimit, "idleLimit");
        if (idleLimit.isPresent() && idleLimit.get().isNegative()) {
            throw new IllegalArgumentException("An idle limit cannot be negative: " + idleLimit.get());
        }
    }

    /**
     * The original pace.
     *
     * @return speed 1, no idle limit
     */
    public static Playback original() {
        return new Playback(1, Optional.empty());
    }

    /**
     * The same at another speed.
     *
     * @param factor greater than 0
     * @return a new playback
     */
    public Playback speed(double factor) {
        return new Playback(factor, idleLimit);
    }

    /**
     * The same with shorter pauses.
     *
     * @param atMost how long a pause may be
     * @return a new playback
     */
    public Playback idleLimit(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        return new Playback(speed, Optional.of(atMost));
    }
}
