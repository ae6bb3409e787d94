package io.trails.tck;

import io.trails.spi.WorkspaceProvider;

final class BuiltInWorkspaceTest extends WorkspaceContract {
    @Override
    protected WorkspaceProvider provider() {
        return BuiltIn.provider(WorkspaceProvider.class, "in-place");
    }
}
