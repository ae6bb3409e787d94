package io.trails.internal.providers;

import io.trails.Axis;
import io.trails.ProviderInfo;
import io.trails.spi.Availability;
import io.trails.spi.Provider;
import java.util.List;
import java.util.Optional;

/** The providers of one instance. Thread-safe. Nothing a provider does or throws comes through. */
public interface ProviderCatalog {
    /** The provider of that id, if it was not rejected. */
    Optional<Provider> find(Axis axis, String id);

    /** Whether it can be used: probed once, all providers at the same time, each within a deadline. */
    Availability availability(Provider provider);

    /** All that were found, rejected ones included. */
    List<ProviderInfo> infos();
}
