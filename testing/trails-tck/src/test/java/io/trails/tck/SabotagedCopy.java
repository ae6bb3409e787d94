package io.trails.tck;

import io.trails.spi.WorkspaceProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by {@link WorkspaceContractTest} only. */
final class SabotagedCopy extends WorkspaceContract {
    private CopySaboteur saboteur;

    @RegisterExtension
    final BeforeEachCallback choice = context -> saboteur = Sabotage.current(context, CopySaboteur.class);

    @Override
    protected WorkspaceProvider provider() {
        return saboteur.provider();
    }

    @Override
    protected boolean isSaved(Path project, String path, String content) {
        return CopyWorkspaceProvider.isRescued(project, path, content);
    }
}
