package io.trails.examples.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.examples.ReadmeTest;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JailedTest {
    @Test
    void what_runs_in_the_project_writes_nowhere_else(@TempDir Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        var context = ProbeContext.of(project, System.getenv(), Duration.ofSeconds(10));
        Availability answer = new BubblewrapSandboxProvider().probe(context);
        assumeTrue(
                answer instanceof Availability.Available || Boolean.getBoolean("trails.test.requireTools"),
                () -> "bubblewrap cannot be used: " + answer.reasons());

        String printed = ReadmeTest.printedBy(() -> Jailed.main(new String[] {project.toString()}));

        assertThat(printed).contains("PROCESSES", "NETWORK", "> note.txt: done", "/var/tmp/note.txt: failed");
        assertThat(project.resolve("note.txt")).hasContent("written");
        assertThat(folder.resolve("beside.txt")).doesNotExist();
    }
}
