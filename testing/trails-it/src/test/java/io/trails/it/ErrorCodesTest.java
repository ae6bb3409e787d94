package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Codes are part of the API: every code thrown is documented, and every documented code is thrown. */
class ErrorCodesTest {
    private static final Path ROOT = Path.of("../..");
    private static final String CODE = "\"([a-z]+(?:[.-][a-z0-9]+)*)\"";

    /** A code is a literal: the first argument of a TrailsException, or of one that passes it on, or of super(...) in one of its subclasses, or of unavailable(...), which makes the reason of one. */
    private static final Pattern THROWN = Pattern.compile(
            "(?:new TrailsException|new GitFailedException|new SandboxUnreachableException|unavailable|super)\\(\\s*"
                    + CODE + "\\s*,");

    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    private static final Pattern PROMISED = Pattern.compile("\\{@code (([a-z]+)\\.[a-z]+(?:-[a-z]+)*)}");

    @Test
    void codes_thrown_and_codes_documented_are_the_same() throws IOException {
        Set<String> thrown = new TreeSet<>();
        for (Path source : sources()) {
            Matcher matcher = THROWN.matcher(Files.readString(source));
            while (matcher.find()) thrown.add(matcher.group(1));
        }
        Set<String> documented = new TreeSet<>();
        Matcher rows = DOCUMENTED.matcher(Files.readString(ROOT.resolve("docs/errors.md")));
        while (rows.find()) documented.add(rows.group(1));

        assertThat(thrown).hasSizeGreaterThan(20).contains("session.exists", "project.missing");
        assertThat(documented).isEqualTo(thrown);
    }

    /** What looks like a code in Javadoc is one, or another name that a page explains, such as a type of audit records. */
    @Test
    void codes_that_javadoc_promises_are_documented() throws IOException {
        String pages =
                Files.readString(ROOT.resolve("docs/errors.md")) + Files.readString(ROOT.resolve("docs/state.md"));
        Set<String> families = new TreeSet<>();
        Matcher rows = DOCUMENTED.matcher(pages);
        while (rows.find()) families.add(rows.group(1).replaceAll("\\..*", ""));
        Set<String> promised = new TreeSet<>();
        for (Path source : sources()) {
            Matcher names = PROMISED.matcher(Files.readString(source));
            while (names.find()) if (families.contains(names.group(2))) promised.add(names.group(1));
        }

        assertThat(promised).hasSizeGreaterThan(20).contains("terminal.ended");
        assertThat(promised).allSatisfy(code -> assertThat(pages).contains("`" + code + "`"));
    }

    /** What the pattern above cannot see would make the test above a lie. */
    @Test
    void every_exception_is_given_its_code_as_a_literal() throws IOException {
        Pattern anyThrow = Pattern.compile("new TrailsException\\(\\s*+(?!" + CODE + "|[a-z]+\\.code\\(\\))");
        for (Path source : sources()) {
            assertThat(anyThrow.matcher(Files.readString(source)).find())
                    .as("%s throws a TrailsException whose code is no literal", source)
                    .isFalse();
        }
    }

    private static Set<Path> sources() throws IOException {
        Set<Path> sources = new TreeSet<>();
        for (String module : new String[] {"trails-api", "trails-tmux", "trails-worktree", "trails-dagger"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
