package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.TrailsException;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredPart;
import io.trails.spi.Provider;
import io.trails.spi.SandboxProvider;
import io.trails.spi.WorkspaceProvider;
import java.util.Optional;

/** The providers a stored session stands on. That of its terminals is looked up when one is used. */
record Parts(WorkspaceProvider workspace, SandboxProvider sandbox) {

    /**
     * Looks the providers up again.
     *
     * @throws TrailsException {@code provider.missing} if one is not there any more
     */
    static Parts of(SessionRecord record, ProviderCatalog catalog) {
        var workspace = (WorkspaceProvider) provider(record, catalog, Axis.WORKSPACE);
        var sandbox = (SandboxProvider) provider(record, catalog, Axis.SANDBOX);
        return new Parts(workspace, sandbox);
    }

    /** Whether the providers without which the session is lost are there. */
    static boolean arePresent(SessionRecord record, ProviderCatalog catalog) {
        return isPresent(record, catalog, Axis.WORKSPACE) && isPresent(record, catalog, Axis.SANDBOX);
    }

    private static boolean isPresent(SessionRecord record, ProviderCatalog catalog, Axis axis) {
        StoredPart part = record.parts().get(axis);
        return part != null && catalog.find(axis, part.provider()).isPresent();
    }

    static StoredPart part(SessionRecord record, Axis axis) {
        StoredPart part = record.parts().get(axis);
        if (part == null) {
            throw new TrailsException(
                    "session.lost",
                    "Nothing is stored about the " + axis + " of session '" + record.name() + "'; remove the session");
        }
        return part;
    }

    private static Provider provider(SessionRecord record, ProviderCatalog catalog, Axis axis) {
        String id = part(record, axis).provider();
        Optional<Provider> found = catalog.find(axis, id);
        if (found.isPresent()) return found.get();
        throw new TrailsException(
                "provider.missing",
                "Session '" + record.name() + "' stands on " + axis + " provider '" + id
                        + "', which was not found; add its module again, or remove the session with RemovalPolicy.forgetting()");
    }
}
