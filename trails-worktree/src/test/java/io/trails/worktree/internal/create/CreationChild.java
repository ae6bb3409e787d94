package io.trails.worktree.internal.create;

import io.trails.DirtyPolicy;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.register.Step;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that creates worktrees. */
final class CreationChild {
    private CreationChild() {}

    /**
     * {@code halt <project> <home> <directory> <step> <key=value>...} dies after a step; {@code parallel <project> <home>
     * <directory> <prefix> <count>} creates many at once and says which.
     */
    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(arguments[1]);
        Map<String, String> environment = TestRepository.environment(Path.of(arguments[2]));
        Path directory = Path.of(arguments[3]);
        if (arguments[0].equals("halt")) {
            halt(project, environment, directory, arguments);
        } else {
            parallel(project, environment, directory, arguments[4], Integer.parseInt(arguments[5]));
        }
    }

    private static void halt(Path project, Map<String, String> environment, Path directory, String[] arguments) {
        WorktreePlan plan = Plans.parse(List.of(arguments).subList(5, arguments.length));
        WorkspaceRequest request = WorkspaceRequest.builder(plan.sessionId(), project, directory)
                .environment(environment)
                .build();
        GitProgram program = TestRepository.program(environment);
        Step last = Step.valueOf(arguments[4]);
        new Creation(plan, request, program, step -> {
                    if (step == last) Runtime.getRuntime().halt(9);
                })
                .run();
    }

    private static void parallel(
            Path project, Map<String, String> environment, Path directory, String prefix, int count) throws Exception {
        GitProgram program = TestRepository.program(environment);
        var threads = Executors.newFixedThreadPool(count);
        List<Future<String>> created = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = prefix + i;
            created.add(threads.submit(() -> create(id, project, environment, directory.resolve(id), program)));
        }
        for (Future<String> root : created) System.out.println(root.get(2, TimeUnit.MINUTES));
        threads.shutdown();
    }

    private static String create(
            String id, Path project, Map<String, String> environment, Path directory, GitProgram program)
            throws IOException {
        Files.createDirectories(directory);
        WorkspaceRequest request = WorkspaceRequest.builder(id, project, directory)
                .environment(environment)
                .dirty(DirtyPolicy.IGNORE)
                .build();
        WorktreePlan plan = new Planning(program, request).plan();
        new Creation(plan, request, program).run();
        return plan.root().toString();
    }
}
