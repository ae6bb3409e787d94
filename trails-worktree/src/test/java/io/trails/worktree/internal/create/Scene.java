package io.trails.worktree.internal.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.DirtyPolicy;
import io.trails.spi.WorkspaceRequest;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.tree.SessionTree;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository with a few files, and sessions of it. */
final class Scene {
    private final Path scratch;
    private final TestRepository repository;

    private Scene(Path scratch, TestRepository repository) {
        this.scratch = scratch;
        this.repository = repository;
    }

    static Scene in(Path scratch) throws IOException {
        Path real = scratch.toRealPath();
        TestRepository repository = TestRepository.init(real.resolve("repo"));
        repository
                .write("README.md", "read me\n")
                .write("src/Main.java", "class Main {}\n")
                .commit("start");
        return new Scene(real, repository);
    }

    Scene with(TestRepository other) {
        return new Scene(scratch, other);
    }

    TestRepository repository() {
        return repository;
    }

    Path scratch() {
        return scratch;
    }

    WorkspaceRequest.Builder request(String id, Path project, Map<String, String> environment) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("state").resolve(id));
        return WorkspaceRequest.builder(id, project, directory)
                .environment(environment)
                .dirty(DirtyPolicy.IGNORE);
    }

    WorkspaceRequest.Builder request(String id) throws IOException {
        return request(id, repository.directory(), repository.environment());
    }

    WorkspaceRequest request(String id, WorkspaceSettings settings) throws IOException {
        return request(id).settings(settings).build();
    }

    WorktreePlan plan(WorkspaceRequest request) {
        return new Planning(TestRepository.program(request.environment()), request).plan();
    }

    WorktreePlan plan(String id) throws IOException {
        return plan(request(id).build());
    }

    SessionTree create(WorktreePlan plan, WorkspaceRequest request) {
        return new Creation(plan, request, TestRepository.program(request.environment())).run();
    }

    SessionTree create(String id) throws IOException {
        WorkspaceRequest request = request(id).build();
        return create(plan(request), request);
    }

    SessionTree open(WorktreePlan plan, WorkspaceRequest request) {
        return new Opening(plan, request, TestRepository.program(request.environment())).open();
    }

    void assertTraces(List<String> before) throws IOException {
        List<String> now = traces();
        assertThat(now.stream().filter(trace -> !before.contains(trace)))
                .as("new")
                .isEmpty();
        assertThat(before.stream().filter(trace -> !now.contains(trace)))
                .as("gone")
                .isEmpty();
    }

    /** All that is there but objects and the lock's file, which stays. */
    List<String> traces() throws IOException {
        try (Stream<Path> all = Files.walk(scratch)) {
            return all.map(path -> scratch.relativize(path).toString())
                    .filter(path -> !path.contains(".git/objects/")
                            && !path.startsWith("state")
                            && !path.endsWith(".git/trails")
                            && !path.endsWith(".git/trails/lock"))
                    .sorted()
                    .toList();
        }
    }
}
