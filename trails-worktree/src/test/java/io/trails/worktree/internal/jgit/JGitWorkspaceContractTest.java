package io.trails.worktree.internal.jgit;

import io.trails.spi.WorkspaceProvider;
import io.trails.tck.WorkspaceContract;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Path;

class JGitWorkspaceContractTest extends WorkspaceContract {
    @Override
    protected WorkspaceProvider provider() {
        return new JGitProvider();
    }

    @Override
    protected Path project(Path scratch) throws IOException {
        Path project = super.project(scratch);
        TestRepository.init(project).commit("The project");
        return project;
    }
}
