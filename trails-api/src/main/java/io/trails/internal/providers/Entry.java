package io.trails.internal.providers;

import io.trails.Axis;
import io.trails.Isolation;
import io.trails.ProviderInfo;
import io.trails.ProviderInfo.Origin;
import io.trails.ProviderInfo.Status;
import io.trails.Reason;
import io.trails.spi.Provider;
import io.trails.spi.SandboxProvider;
import io.trails.spi.WorkspaceProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One provider that was found, with what it said of itself once, or why it cannot be taken.
 *
 * @param provider absent if it was not even loaded
 * @param rejection absent if it can be taken
 */
record Entry(
        Optional<Provider> provider,
        String id,
        Optional<Axis> axis,
        String implementation,
        Origin origin,
        int preference,
        Set<Isolation> isolates,
        Optional<Reason> rejection) {

    static Entry broken(String implementation, Origin origin, Reason reason) {
        return new Entry(
                Optional.empty(), "", Optional.empty(), implementation, origin, 0, Set.of(), Optional.of(reason));
    }

    /** Asks the provider who it is. Whatever it throws is its rejection. */
    static Entry of(Provider provider, Origin origin) {
        String implementation = provider.getClass().getName();
        Optional<Axis> axis = Optional.of(axisOf(provider));
        try {
            String id = provider.id();
            Optional<Reason> objection = objection(id, provider.getClass(), origin);
            return new Entry(
                    Optional.of(provider),
                    id,
                    axis,
                    implementation,
                    origin,
                    provider.preference(),
                    Set.copyOf(provider.isolates()),
                    objection);
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reason reason = Reason.of(
                    "provider.broken", "It could not say what it is: " + thrown, "Fix the provider or remove it");
            return new Entry(Optional.of(provider), "", axis, implementation, origin, 0, Set.of(), Optional.of(reason));
        }
    }

    private static Axis axisOf(Provider provider) {
        if (provider instanceof WorkspaceProvider) return Axis.WORKSPACE;
        return provider instanceof SandboxProvider ? Axis.SANDBOX : Axis.TERMINAL;
    }

    private static Optional<Reason> objection(String id, Class<?> type, Origin origin) {
        if (!isId(id)) {
            return Optional.of(Reason.of(
                    "provider.bad-id",
                    "Its id '" + id + "' is not made of lower-case letters, digits, hyphens and dots",
                    "Rename it, for example to acme.firejail"));
        }
        boolean ours = type.getPackageName().equals("io.trails")
                || type.getPackageName().startsWith("io.trails.");
        if (origin == Origin.DISCOVERED && id.indexOf('.') < 0 && !ours) {
            return Optional.of(Reason.of(
                    "provider.bad-id",
                    "Its id '" + id + "' has no dot; plain words are kept for trails' own providers",
                    "Rename it, for example to acme." + id + ", or register it in code"));
        }
        return Optional.empty();
    }

    private static boolean isId(String id) {
        if (id.isEmpty() || id.length() > 100) return false;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean inner = i > 0 && i < id.length() - 1 && (c == '-' || c == '.');
            if (!letter && !inner) return false;
        }
        return true;
    }

    Entry rejectedFor(Reason reason) {
        return new Entry(provider, id, axis, implementation, origin, preference, isolates, Optional.of(reason));
    }

    boolean answersTo(Entry other) {
        return rejection.isEmpty() && other.rejection.isEmpty() && id.equals(other.id) && axis.equals(other.axis);
    }

    ProviderInfo info(Status status, List<Reason> reasons) {
        return new ProviderInfo(id, axis, implementation, origin, status, preference, isolates, reasons);
    }
}
