package io.trails;

import java.util.Objects;
import java.util.Set;

/**
 * The three providers a mode came down to, and what they isolate together. Immutable.
 *
 * @param workspace id of the workspace provider
 * @param sandbox id of the sandbox provider
 * @param terminal id of the terminal provider
 * @param isolation the union of what the three isolate
 */
public record Composition(String workspace, String sandbox, String terminal, Set<Isolation> isolation) {
    /** Checks and copies the components. */
    public Composition {
        Objects.requireNonNull(isolation, "isolation");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(sandbox, "sandbox");
        Objects.requireNonNull(terminal, "terminal");
        isolation = Set.copyOf(isolation);
    }

    /**
     * The provider id of one axis.
     *
     * @param axis which
     * @return the id
     */
    public String id(Axis axis) {
        Objects.requireNonNull(axis, "axis");
        return switch (axis) {
            case WORKSPACE -> workspace;
            case SANDBOX -> sandbox;
            case TERMINAL -> terminal;
        };
    }

    /**
     * Whether the other composition isolates something that this one does not.
     *
     * @param other what to compare with
     * @return true if going from {@code other} to this one would be a downgrade
     */
    public boolean isWeakerThan(Composition other) {
        Objects.requireNonNull(other, "other");
        return !isolation.containsAll(other.isolation);
    }

    @Override
    public String toString() {
        return workspace + " + " + sandbox + " + " + terminal;
    }
}
