package io.trails.tck;

import io.trails.spi.WorkspaceProvider;
import java.nio.file.Path;

/** Proves that the rules for workspaces can all be kept together. */
final class CopyWorkspaceTest extends WorkspaceContract {
    @Override
    protected WorkspaceProvider provider() {
        return new CopyWorkspaceProvider();
    }

    @Override
    protected boolean isSaved(Path project, String path, String content) {
        return CopyWorkspaceProvider.isRescued(project, path, content);
    }
}
