package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A root is made of layers, of which a kernel mounts no more than some hundreds. */
class LongSessionTest extends SessionBench {
    @Test
    void a_session_runs_more_commands_than_a_kernel_stacks_layers() throws IOException {
        Session session = session("long");
        for (int i = 1; i <= 510; i++) session.sh("echo " + i + " > /tmp/last");
        assertThat(session.sh("cat /tmp/last; echo done > README.md")).isEqualTo("510");
        assertThat(files.resolve("README.md")).hasContent("done");
    }

    @Test
    void more_files_can_go_at_once_than_a_kernel_stacks_layers() throws IOException {
        Path many = Files.createDirectories(files.resolve("many"));
        for (int i = 0; i < 600; i++) Files.createFile(many.resolve("file-" + i));
        Files.createFile(many.resolve("stays"));
        Session session = session("removals");
        assertThat(session.sh("ls many | wc -l")).isEqualTo("601");
        for (int i = 0; i < 600; i++) Files.delete(many.resolve("file-" + i));
        assertThat(session.sh("ls many")).isEqualTo("stays");
    }
}
