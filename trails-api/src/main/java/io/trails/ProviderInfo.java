package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A provider that was found, and whether it can be used. Immutable.
 *
 * @param id its id, or empty if it could not say
 * @param axis which question it answers; empty if it could not even be loaded
 * @param implementation its class name, or the name of the services file that is broken
 * @param origin how it was found
 * @param status whether it can be used
 * @param preference where it stands in the order
 * @param isolates what it isolates
 * @param reasons why it is as it is
 */
public record ProviderInfo(
        String id,
        Optional<Axis> axis,
        String implementation,
        Origin origin,
        Status status,
        int preference,
        Set<Isolation> isolates,
        List<Reason> reasons) {
    /** Checks and copies the components. */
    public ProviderInfo {
        Objects.requireNonNull(isolates, "isolates");
        Objects.requireNonNull(reasons, "reasons");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(axis, "axis");
        Objects.requireNonNull(implementation, "implementation");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(status, "status");
        isolates = Set.copyOf(isolates);
        reasons = List.copyOf(reasons);
    }

    /** How a provider was found. */
    public enum Origin {
        /** The host registered it. */
        REGISTERED,
        /** A services file named it. */
        DISCOVERED
    }

    /** Whether a provider can be used. */
    public enum Status {
        /** Its probe found all it needs. */
        USABLE,
        /** Its probe found something missing, failed, or did not answer in time. */
        UNAVAILABLE,
        /** It could not be taken: broken, a duplicate, or against the rules. */
        REJECTED
    }
}
