package io.trails.internal.select;

import io.trails.Axis;
import io.trails.ContainerEngine;
import io.trails.Isolation;
import io.trails.Mode;
import io.trails.ProviderInfo;
import io.trails.Reason;
import io.trails.internal.providers.Fatal;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.settings.Surroundings;
import io.trails.spi.Availability;
import io.trails.spi.Provider;
import io.trails.spi.SandboxSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the providers that modes name can do, as far as one can tell without using them. */
final class Parts {
    private final ProviderCatalog catalog;
    private final Surroundings surroundings;
    private final SandboxSettings sandbox;

    Parts(ProviderCatalog catalog, Surroundings surroundings, SandboxSettings sandbox) {
        this.catalog = catalog;
        this.surroundings = surroundings;
        this.sandbox = sandbox;
    }

    /**
     * One provider id of a mode.
     *
     * @param provider empty if it is not usable
     * @param reasons why it is not, or what is worth knowing
     */
    record Part(String id, Optional<Provider> provider, Set<Isolation> isolates, List<Reason> reasons) {}

    /** The parts of one axis in the order in which they are tried. */
    List<Part> of(Mode mode, Axis axis) {
        var parts = new ArrayList<Part>();
        for (String id : ids(mode, axis)) parts.add(part(axis, id));
        return parts;
    }

    private List<String> ids(Mode mode, Axis axis) {
        List<String> ids = mode.ids(axis);
        if (axis != Axis.TERMINAL || !headlessFirst() || !ids.contains("headless")) return ids;
        var reordered = new ArrayList<String>();
        reordered.add("headless");
        for (String id : ids) if (!id.equals("headless")) reordered.add(id);
        return reordered;
    }

    /** Where nobody can attach to a terminal, the plainest one serves best. */
    boolean headlessFirst() {
        return surroundings.has(Surroundings.Fact.CI);
    }

    private Part part(Axis axis, String id) {
        Optional<Provider> found = catalog.find(axis, id);
        if (found.isEmpty()) return new Part(id, found, Set.of(), List.of(absence(axis, id)));
        if (id.equals("dagger") && lacksEngine()) {
            return new Part(
                    id,
                    Optional.empty(),
                    Set.of(),
                    List.of(
                            Reason.of(
                                    "container.engine-missing",
                                    "This host itself runs in a container, and nothing says which container engine to use",
                                    "Set DOCKER_HOST or _EXPERIMENTAL_DAGGER_RUNNER_HOST to an engine this container may use, or declare one with its 'runner_host' in 'engines' of the settings")));
        }
        Availability availability = catalog.availability(found.get());
        if (availability instanceof Availability.Unavailable) {
            return new Part(id, Optional.empty(), Set.of(), availability.reasons());
        }
        try {
            return new Part(id, found, Set.copyOf(found.get().isolates()), availability.reasons());
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            return new Part(id, Optional.empty(), Set.of(), List.of(failure(id, broken)));
        }
    }

    private boolean lacksEngine() {
        for (ContainerEngine engine : sandbox.engines()) if (engine.runnerHost().isPresent()) return false;
        return surroundings.lacksEngine();
    }

    private Reason absence(Axis axis, String id) {
        for (ProviderInfo info : catalog.infos()) {
            if (info.id().equals(id)
                    && info.status() == ProviderInfo.Status.REJECTED
                    && info.axis().orElse(axis) == axis
                    && !info.reasons().isEmpty()) {
                return info.reasons().get(0);
            }
        }
        String module = switch (id) {
            case "worktree", "repository" -> "trails-worktree";
            case "dagger" -> "trails-dagger";
            case "tmux" -> "trails-tmux";
            default -> "";
        };
        return Reason.of(
                "provider.missing",
                "There is no " + axis.name().toLowerCase(Locale.ROOT) + " provider '" + id + "'",
                module.isEmpty()
                        ? "Add the library that brings '" + id + "', or register it with TrailsBuilder.provider"
                        : "Add the dependency io.trails:" + module);
    }

    static Reason failure(String id, Throwable broken) {
        return Reason.of(
                "provider.failed",
                "Provider '" + id + "' failed when asked what it can do: " + broken,
                "Report this to whoever made '" + id + "'; another mode may serve meanwhile");
    }

    /** What a mode stands for: what its most wanted parts isolate. Of a part nobody knows, the most of its axis is assumed. */
    Set<Isolation> promised(Mode mode) {
        Set<Isolation> promised = EnumSet.noneOf(Isolation.class);
        for (Axis axis : Axis.values())
            promised.addAll(promised(axis, mode.ids(axis).get(0)));
        return promised;
    }

    private Set<Isolation> promised(Axis axis, String id) {
        Optional<Provider> found = catalog.find(axis, id);
        if (found.isPresent()) {
            try {
                return found.get().isolates();
            } catch (Throwable broken) {
                Fatal.rethrow(broken);
                return most(axis);
            }
        }
        return switch (id) {
            case "in-place", "repository", "host", "headless", "tmux" -> Set.of();
            case "worktree" -> Set.of(Isolation.FILES);
            default -> most(axis);
        };
    }

    private static Set<Isolation> most(Axis axis) {
        return switch (axis) {
            case WORKSPACE -> Set.of(Isolation.FILES);
            case SANDBOX -> EnumSet.allOf(Isolation.class);
            case TERMINAL -> Set.of(); // It holds a process; where that runs, others say.
        };
    }
}
