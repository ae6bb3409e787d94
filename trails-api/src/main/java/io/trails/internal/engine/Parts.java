package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.TrailsException;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredPart;
import io.trails.spi.Provider;
import io.trails.spi.SandboxProvider;
import io.trails.spi.TerminalProvider;
import io.trails.spi.WorkspaceProvider;
import java.util.Optional;

/** The providers a stored session stands on. */
record Parts(WorkspaceProvider workspace, SandboxProvider sandbox, TerminalProvider terminal) {

    /**
     * Looks the providers up again.
     *
     * @throws TrailsException {@code provider.missing} if one is not there any more
     */
    static Parts of(SessionRecord record, ProviderCatalog catalog) {
        return new Parts(
                (WorkspaceProvider) provider(record, catalog, Axis.WORKSPACE),
                (SandboxProvider) provider(record, catalog, Axis.SANDBOX),
                (TerminalProvider) provider(record, catalog, Axis.TERMINAL));
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
                        + "', which was not found; add its module again");
    }
}
