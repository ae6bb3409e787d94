package io.trails.worktree;

import io.trails.spi.WorkspaceProvider;
import io.trails.tck.WorkspaceContract;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Path;

class RepositoryWorkspaceTest extends WorkspaceContract {
    @Override
    protected WorkspaceProvider provider() {
        return new RepositoryWorkspaceProvider();
    }

    @Override
    protected Path project(Path scratch) throws IOException {
        Path project = super.project(scratch);
        TestRepository repository = TestRepository.init(project);
        repository.git("config", "user.name", "Uma User");
        repository.git("config", "user.email", "uma@example.org");
        repository.commit("The project");
        return project;
    }
}
