package io.trails.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void the_readme_quotes_the_example_as_it_is() throws IOException {
        String source = Files.readString(ROOT.resolve("examples/src/main/java/io/trails/examples/FirstSteps.java"));
        String body = source.substring(source.indexOf("        try (Trails trails"), source.lastIndexOf("    }\n}"))
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(body);
    }

    @Test
    void the_readme_quotes_the_merge_as_it_is() throws IOException {
        String source = Files.readString(ROOT.resolve("examples/src/main/java/io/trails/examples/ReviewAndMerge.java"));
        String body = source.substring(
                        source.indexOf("    private static MergeResult merge("),
                        source.indexOf("    /** Everything is merged"))
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(body);
    }

    @Test
    void the_readme_quotes_the_recipe_as_it_is() throws IOException {
        String source =
                Files.readString(ROOT.resolve("examples/src/main/java/io/trails/examples/BuildInContainer.java"));
        String body = source.substring(
                        source.indexOf("        ContainerRecipe recipe"), source.indexOf("        try (Trails trails"))
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(body);
    }

    @Test
    void the_example_does_what_the_readme_says(@TempDir Path project) throws IOException {
        String printed = printedBy(() -> FirstSteps.main(new String[] {project.toString()}));

        assertThat(printed).contains("Mode: direct", "Hello, trails", "ADDED hello.txt");
        assertThat(project.resolve("hello.txt")).hasContent("Hello, trails");
    }

    @Test
    void the_quickstart_shows_advice_agent_and_changes_and_leaves_nothing(@TempDir Path project) throws IOException {
        Files.writeString(project.resolve("A.java"), "class A {}\n");

        String printed = printedBy(() -> Quickstart.main(new String[] {project.toString()}));

        assertThat(printed)
                .contains(
                        "Mode: ", "Considered, in this order:", "* done", "ADDED quickstart-notes.md", "intact: true");
        try (var left = Files.list(project)) {
            assertThat(left)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("A.java", ".trails");
        }
    }

    @Test
    void in_a_repository_the_quickstart_works_in_a_worktree(@TempDir Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("A.java"), "class A {}\n");
        DemoRepository.create(project);

        String printed = printedBy(() -> Quickstart.main(new String[] {project.toString()}));

        assertThat(printed)
                .contains("Mode: worktree", "isolates files", "project.trails", "ADDED quickstart-notes.md", "removed");
        assertThat(project.resolve("A.java")).hasContent("class A {}");
        assertThat(folder.resolve("project.trails")).doesNotExist();
    }

    public interface Program {
        void run() throws IOException;
    }

    public static String printedBy(Program program) throws IOException {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
