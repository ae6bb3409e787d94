package io.trails.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewAndMergeTest {
    @Test
    void two_agents_edit_a_file_and_both_get_their_work_in(@TempDir Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        DemoRepository.create(project);

        String printed = ReadmeTest.printedBy(() -> ReviewAndMerge.main(new String[] {project.toString()}));

        assertThat(printed)
                .contains(
                        "polite works in",
                        "ADDED a very good day to you.",
                        "To merge polite would be CLEAN",
                        "To merge brief would be CONFLICTED",
                        "CONTENT in greeting.txt",
                        "theirs [hi.], ours [a very good day to you.]",
                        "It was Conflicted",
                        "polite: removed",
                        "brief: removed");
        assertThat(project.resolve("greeting.txt"))
                .hasContent("Dear reader,\n\nhi.\na very good day to you.\n\nYours\n");
        assertThat(folder.resolve("project.trails")).doesNotExist();
    }
}
