package io.trails;

import java.util.Objects;
import java.util.Set;

/** Which network a session's processes may reach. Immutable. Enforced or refused with a reason, never ignored. */
public sealed interface NetworkPolicy {
    /**
     * No restriction.
     *
     * @return the open policy
     */
    static NetworkPolicy open() {
        return new Open();
    }

    /**
     * No network at all.
     *
     * @return the closed policy
     */
    static NetworkPolicy none() {
        return new None();
    }

    /**
     * Only these hosts.
     *
     * @param hosts host names or addresses
     * @return the policy
     */
    static NetworkPolicy allow(String... hosts) {
        Objects.requireNonNull(hosts, "hosts");
        return new Allow(Set.of(hosts));
    }

    /** No restriction. */
    record Open() implements NetworkPolicy {}

    /** No network at all. */
    record None() implements NetworkPolicy {}

    /**
     * Only these hosts.
     *
     * @param hosts host names or addresses, at least one
     */
    record Allow(Set<String> hosts) implements NetworkPolicy {
        /** Copies the hosts. */
        public Allow {
            Objects.requireNonNull(hosts, "hosts");
            hosts = Set.copyOf(hosts);
            if (hosts.isEmpty()) throw new IllegalArgumentException("Allow needs a host; use none() for no network");
        }
    }
}
