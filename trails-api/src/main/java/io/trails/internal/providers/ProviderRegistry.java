package io.trails.internal.providers;

import io.trails.Axis;
import io.trails.ProviderInfo;
import io.trails.ProviderInfo.Origin;
import io.trails.ProviderInfo.Status;
import io.trails.Reason;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The providers of one instance: built in, registered and discovered, in a total order. */
public final class ProviderRegistry implements ProviderCatalog {
    private static final Comparator<Entry> ORDER = (left, right) -> {
        int byAxis = compareAxes(left.axis(), right.axis());
        if (byAxis != 0) return byAxis;
        int byPreference = Integer.compare(right.preference(), left.preference());
        if (byPreference != 0) return byPreference;
        int byId = left.id().compareTo(right.id());
        return byId != 0 ? byId : left.implementation().compareTo(right.implementation());
    };

    private final List<Entry> entries;
    private final Probes probes;

    private ProviderRegistry(List<Entry> entries, ProbeContext context) {
        this.entries = entries;
        List<Provider> usable = new ArrayList<>();
        for (Entry entry : entries)
            if (entry.rejection().isEmpty()) usable.add(entry.provider().orElseThrow());
        this.probes = new Probes(usable, context);
    }

    /**
     * Finds all providers.
     *
     * @param registered by the host; they beat discovered ones
     * @param discovery whether services files are searched
     * @param loader where they are searched
     * @param context what probes may look at
     */
    public static ProviderRegistry of(
            List<Provider> registered, boolean discovery, ClassLoader loader, ProbeContext context) {
        var search = new Discovery();
        for (Provider provider : registered) search.registered(provider);
        if (!discovery || loader != Provider.class.getClassLoader()) search.builtIns();
        if (discovery) search.everything(loader);
        List<Entry> entries = settled(search.found());
        entries.sort(ORDER);
        return new ProviderRegistry(List.copyOf(entries), context);
    }

    /** An axis and id belongs to a registered provider, else to the only discovered one. */
    private static List<Entry> settled(List<Entry> found) {
        List<Entry> settled = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Entry verdict = found.get(i);
            for (int j = 0; j < found.size(); j++) {
                if (j != i && found.get(i).answersTo(found.get(j))) verdict = contested(verdict, found.get(j));
            }
            settled.add(verdict);
        }
        return settled;
    }

    private static Entry contested(Entry entry, Entry other) {
        if (entry.origin() == other.origin()) {
            return entry.rejectedFor(Reason.of(
                    "provider.duplicate",
                    "Both " + entry.implementation() + " and " + other.implementation() + " are called '" + entry.id()
                            + "'; neither is used",
                    "Keep one of them"));
        }
        if (entry.origin() == Origin.REGISTERED || entry.rejection().isPresent()) return entry;
        return entry.rejectedFor(Reason.of(
                "provider.replaced", "The host registered " + other.implementation() + " as '" + entry.id() + "'"));
    }

    /** What could not even be loaded comes last. */
    private static int compareAxes(Optional<Axis> left, Optional<Axis> right) {
        if (left.isEmpty() || right.isEmpty()) return Boolean.compare(left.isEmpty(), right.isEmpty());
        return left.get().compareTo(right.get());
    }

    @Override
    public Optional<Provider> find(Axis axis, String id) {
        for (Entry entry : entries) {
            if (entry.rejection().isEmpty()
                    && entry.axis().orElse(null) == axis
                    && entry.id().equals(id)) {
                return entry.provider();
            }
        }
        return Optional.empty();
    }

    @Override
    public Availability availability(Provider provider) {
        return probes.of(provider);
    }

    @Override
    public List<ProviderInfo> infos() {
        List<ProviderInfo> infos = new ArrayList<>();
        for (Entry entry : entries) {
            Optional<Reason> rejection = entry.rejection();
            if (rejection.isPresent()) {
                infos.add(entry.info(Status.REJECTED, List.of(rejection.get())));
            } else {
                Availability answer = probes.of(entry.provider().orElseThrow());
                boolean usable = answer instanceof Availability.Available;
                infos.add(entry.info(usable ? Status.USABLE : Status.UNAVAILABLE, answer.reasons()));
            }
        }
        return List.copyOf(infos);
    }
}
