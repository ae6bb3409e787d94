package io.trails.internal.providers;

import io.trails.ProviderInfo.Origin;
import io.trails.Reason;
import io.trails.spi.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** Collects providers so that a broken one hides nobody. Single-threaded. */
final class Discovery {
    private static final String SERVICES = "META-INF/services/" + Provider.class.getName();

    /** More broken entries than this are a services file gone wild, not providers. */
    private static final int MOST_FAILURES = 1_000;

    private final List<Entry> found = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();

    /** The built-in providers, from wherever trails itself was loaded. */
    void builtIns() {
        search(Provider.class.getClassLoader(), true);
    }

    /** All providers a class loader knows, but for those found before. */
    void everything(ClassLoader loader) {
        search(loader, false);
    }

    void registered(Provider provider) {
        found.add(Entry.of(provider, Origin.REGISTERED));
    }

    List<Entry> found() {
        return found;
    }

    private void search(ClassLoader loader, boolean builtInsOnly) {
        Iterator<ServiceLoader.Provider<Provider>> services =
                ServiceLoader.load(Provider.class, loader).stream().iterator();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!services.hasNext()) break;
                take(services.next(), builtInsOnly);
            } catch (ServiceConfigurationError | LinkageError broken) {
                failures++;
                if (!builtInsOnly) found.add(Entry.broken(SERVICES, Origin.DISCOVERED, reason(broken)));
            }
        }
        if (failures > 0 && !builtInsOnly) takeFromDamaged(loader);
    }

    private void takeFromDamaged(ClassLoader loader) {
        try {
            for (String name : DamagedServices.names(loader, SERVICES)) take(name, loader);
        } catch (IOException unreadable) {
            found.add(Entry.broken(SERVICES, Origin.DISCOVERED, reason(unreadable)));
        }
    }

    private void take(String name, ClassLoader loader) {
        try {
            Class<? extends Provider> type = Class.forName(name, false, loader).asSubclass(Provider.class);
            // A named module says in its descriptor what it provides.
            if (type.getModule().isNamed() || !seen.add(type)) return;
            found.add(Entry.of(type.getConstructor().newInstance(), Origin.DISCOVERED));
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            found.add(Entry.broken(name, Origin.DISCOVERED, reason(broken)));
        }
    }

    private void take(ServiceLoader.Provider<Provider> service, boolean builtInsOnly) {
        Class<? extends Provider> type = service.type();
        if (builtInsOnly && !isBuiltIn(type)) return;
        if (!seen.add(type)) return;
        try {
            found.add(Entry.of(service.get(), Origin.DISCOVERED));
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            found.add(Entry.broken(type.getName(), Origin.DISCOVERED, reason(broken)));
        }
    }

    private static boolean isBuiltIn(Class<?> type) {
        return type.getModule() == Provider.class.getModule()
                && type.getPackageName().startsWith("io.trails.internal.")
                && type.getClassLoader() == Provider.class.getClassLoader();
    }

    private static Reason reason(Throwable broken) {
        Throwable root = broken.getCause() == null ? broken : broken.getCause();
        return Reason.of(
                "provider.broken",
                "It could not be loaded: " + root,
                "Fix the provider or take its jar off the class path");
    }
}
