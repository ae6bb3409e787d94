package io.trails.tck;

import io.trails.spi.WorkspaceProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by {@link WorkspaceContractTest} only. */
final class SabotagedWorkspace extends WorkspaceContract {
    private WorkspaceSaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, WorkspaceSaboteur.class);

    @Override
    protected WorkspaceProvider provider() {
        return saboteur.provider();
    }
}
