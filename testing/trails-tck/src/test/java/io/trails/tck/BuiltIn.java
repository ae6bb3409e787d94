package io.trails.tck;

import io.trails.spi.Provider;
import java.util.ServiceLoader;

/** The providers that come with trails-api, found as a host finds them. */
final class BuiltIn {
    private BuiltIn() {}

    static <P extends Provider> P provider(Class<P> axis, String id) {
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            if (axis.isInstance(provider) && provider.id().equals(id)) return axis.cast(provider);
        }
        throw new AssertionError("No " + axis.getSimpleName() + " '" + id + "' is announced by trails-api");
    }
}
