package io.trails.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildInContainerTest {
    @TempDir
    Path folder;

    @Test
    void the_agent_builds_in_a_container_and_its_change_is_merged() throws IOException {
        Optional<String> missing = EngineDouble.unavailable();
        if (missing.isPresent()) {
            assertThat(Boolean.getBoolean("trails.test.requireTools"))
                    .as(missing.get())
                    .isFalse();
            assumeTrue(false, missing.get());
        }
        Path project = project();
        String printed;
        try (var engine = EngineDouble.start(Release.V0_21_8, folder.resolve("engine"))) {
            engine.image("debian:12-slim", Image.base());
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put(
                    "_EXPERIMENTAL_DAGGER_CLI_BIN",
                    engine.cli(folder.resolve("bin")).toString());
            environment.put("_EXPERIMENTAL_DAGGER_RUNNER_HOST", engine.runnerHost());

            printed = ReadmeTest.printedBy(() -> BuildInContainer.run(project, environment));
            assertThat(engine.traffic().executions()).isPositive();
        }

        assertThat(printed)
                .contains("Mode: container", "isolates files, processes, system")
                .contains(told());
        assertMerged(project);
    }

    @Test
    void without_an_engine_the_story_takes_place_in_a_worktree_and_says_why() throws IOException {
        Path project = project();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(
                "_EXPERIMENTAL_DAGGER_CLI_BIN", folder.resolve("no-such-dagger").toString());

        String printed = ReadmeTest.printedBy(() -> BuildInContainer.run(project, environment));

        assertThat(printed)
                .contains("Mode: worktree", "container does not fit", "stands in for 'container'")
                .contains(told());
        assertMerged(project);
    }

    private Path project() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        DemoRepository.create(project);
        return project;
    }

    private static String[] told() {
        return new String[] {
            "Before: exit code ", "After: built: 42", "MODIFIED calc.sh", "ADDED   return 0", "It was Merged", "Removed"
        };
    }

    private void assertMerged(Path project) throws IOException {
        assertThat(Files.readString(project.resolve("calc.sh"))).contains("  return 0");
        assertThat(project.resolve("out")).doesNotExist();
        assertThat(folder.resolve("project.trails")).doesNotExist();
    }
}
