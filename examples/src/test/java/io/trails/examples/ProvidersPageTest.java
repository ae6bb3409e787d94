package io.trails.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProvidersPageTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Path PROVIDER = Path.of("src/main/java/io/trails/examples/bubblewrap");

    @Test
    void the_page_quotes_the_example_as_it_is() throws IOException {
        var compiled = new StringBuilder();
        for (Path folder : List.of(PROVIDER, Path.of("src/test/java/io/trails/examples/bubblewrap"))) {
            for (Path source : sources(folder)) compiled.append(flat(Files.readString(source)));
        }
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/providers.md")));
        List<String> quoted = new ArrayList<>();
        while (blocks.find()) quoted.add(flat(blocks.group(1)));
        assertThat(quoted).hasSizeGreaterThanOrEqualTo(6);
        assertThat(quoted).allSatisfy(block -> assertThat(compiled.toString()).contains(block));
    }

    @Test
    void a_provider_takes_less_than_a_hundred_lines() throws IOException {
        long lines = 0;
        for (String name : List.of("BubblewrapSandboxProvider.java", "Jail.java")) {
            String source =
                    COMMENT.matcher(Files.readString(PROVIDER.resolve(name))).replaceAll("");
            lines += source.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .filter(line -> !line.startsWith("//") && !line.matches("(package|import) .*"))
                    .count();
        }
        assertThat(lines).isBetween(50L, 99L);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** How far it is indented, and where its lines are broken, differs. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }
}
