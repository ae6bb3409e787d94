package io.trails.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.ContainerRecipe;
import io.trails.DirtyPolicy;
import io.trails.Mode;
import io.trails.SessionSpec;
import io.trails.daggerdouble.EngineDouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a project's hosts find an engine that is played. */
final class ContainerProject {
    /** The image that every played engine has. */
    static final ContainerRecipe RECIPE =
            ContainerRecipe.builder().image("debian:12").build();

    private ContainerProject() {}

    static void needEngine() {
        var unavailable = EngineDouble.unavailable();
        if (unavailable.isPresent() && Boolean.getBoolean("trails.test.requireTools")) {
            throw new AssertionError(unavailable.get());
        }
        assumeTrue(unavailable.isEmpty(), () -> unavailable.orElse(""));
    }

    /** What the project's hosts are given, and the two variables that lead to an engine. */
    static GitProject with(GitProject project, Path cli, String runnerHost) {
        return new GitProject(project.directory(), with(project.environment(), cli, runnerHost));
    }

    static Map<String, String> with(Map<String, String> environment, Path cli, String runnerHost) {
        var all = new HashMap<>(environment);
        all.keySet().removeIf(name -> name.startsWith("DAGGER_") || name.startsWith("DOCKER_"));
        all.put("_EXPERIMENTAL_DAGGER_CLI_BIN", cli.toString());
        all.put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", runnerHost);
        return all;
    }

    /** A PATH with little more than a shell needs: no tmux, so that terminals are headless. */
    static Map<String, String> withoutTmux(Map<String, String> environment, Path bin) {
        try {
            Files.createDirectories(bin);
            for (String name : List.of("sh", "cat", "rm", "sleep", "stty", "prlimit", "pwd", "git")) {
                Path program = Path.of("/usr/bin", name);
                if (Files.exists(program)) Files.createSymbolicLink(bin.resolve(name), program);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var all = new HashMap<>(environment);
        all.put("PATH", bin.toString());
        return all;
    }

    static SessionSpec.Builder spec(String name) {
        return SessionSpec.named(name).mode(Mode.CONTAINER).container(RECIPE);
    }

    /** What the user has not committed is no work of the session, so that it can be merged. */
    static SessionSpec clean(String name) {
        return spec(name).dirty(DirtyPolicy.IGNORE).build();
    }
}
