package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an engine cannot be told to leave out is left out all the same. */
class UploadTest extends SessionBench {
    @Test
    void an_ignored_file_with_a_line_break_in_its_name_is_left_out() throws IOException {
        Files.writeString(files.resolve(".gitignore"), "*.tmp\n");
        Files.writeString(files.resolve("a\nb.tmp"), "x");
        Files.writeString(files.resolve("a b"), "x");
        Session session = session("breaks");
        assertThat(session.sh("ls")).isEqualTo("README.md\na b");
        session.sh("echo changed > 'a b'");
        assertThat(files.resolve("a b")).hasContent("changed");
    }

    @Test
    void more_ignored_files_than_a_request_can_name_are_left_out() throws IOException {
        Files.writeString(files.resolve(".gitignore"), "*.tmp\n");
        for (int i = 0; i < 15_000; i++) Files.createFile(files.resolve("one-of-many-files-" + i + ".tmp"));
        Session session = session("many");
        assertThat(session.sh("ls")).isEqualTo("README.md");
        assertThat(arrivals()).isEmpty();
    }

    private Stream<Path> arrivals() throws IOException {
        try (Stream<Path> all = Files.walk(place.resolve("own"))) {
            return all.filter(path -> path.getFileName().toString().startsWith("arrival-")).toList().stream();
        }
    }
}
