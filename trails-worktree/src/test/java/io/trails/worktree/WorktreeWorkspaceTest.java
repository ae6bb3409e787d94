package io.trails.worktree;

import io.trails.spi.WorkspaceProvider;
import io.trails.tck.WorkspaceContract;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class WorktreeWorkspaceTest extends WorkspaceContract {
    @Override
    protected WorkspaceProvider provider() {
        return new WorktreeWorkspaceProvider();
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

    @Override
    protected void advanceTarget(Path project, String path, String content) throws IOException {
        super.advanceTarget(project, path, content);
        TestRepository.at(project, System.getenv()).commit("Meanwhile");
    }

    @Override
    protected void commit(Path files) throws IOException {
        TestRepository.at(files, System.getenv()).commit("The session's work");
    }

    @Override
    protected boolean isSaved(Path project, String path, String content) {
        try {
            TestRepository repository = TestRepository.at(project, System.getenv());
            List<String> refs = repository
                    .git("for-each-ref", "--format=%(refname)")
                    .lines()
                    .toList();
            for (String ref : refs) {
                GitResult file = repository.tryGit("cat-file", "blob", ref + ":" + path);
                if (file.ok() && new String(file.bytes(), StandardCharsets.UTF_8).equals(content)) return true;
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError("The project cannot be read", e);
        }
    }
}
