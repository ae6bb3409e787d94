package io.trails.worktree.internal.snapshot;

import io.trails.Checkpoint;
import io.trails.worktree.fixture.SessionTrees;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host that restores a checkpoint and is killed while it does. */
final class RestoringHost {
    private RestoringHost() {}

    static Process start(TestRepository repository, Checkpoint checkpoint, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", path(), RestoringHost.class.getName()));
        command.addAll(List.of(repository.directory().toString(), checkpoint.id()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(repository.environment());
        return builder.start();
    }

    /** Under a module path, the tests' class path is only a part of it. */
    private static String path() {
        var parts = new ArrayList<String>();
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            String value = System.getProperty(property, "");
            if (!value.isEmpty()) parts.add(value);
        }
        parts.add(location(RestoringHost.class));
        parts.add(location(Checkpoints.class));
        return String.join(System.getProperty("path.separator"), parts);
    }

    private static String location(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        var repository = TestRepository.at(directory, TestRepository.environment(directory.resolveSibling("home")));
        var checkpoints = new Checkpoints(SessionTrees.inPlace(repository));
        for (Checkpoint checkpoint : checkpoints.list()) {
            if (checkpoint.id().equals(arguments[1])) checkpoints.restore(checkpoint);
        }
    }
}
