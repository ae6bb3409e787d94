package io.trails.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WorktreesPageTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_page_quotes_code_that_compiles() throws IOException {
        String source = flat(Files.readString(Path.of("src/test/java/io/trails/worktree/WorktreesPage.java")));
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/worktrees.md")));
        List<String> quoted = new ArrayList<>();
        while (blocks.find()) quoted.add(flat(blocks.group(1)));
        assertThat(quoted).hasSizeGreaterThanOrEqualTo(5);
        assertThat(quoted).allSatisfy(block -> assertThat(source).contains(block));
    }

    /** How far it is indented, and where its lines are broken, differs. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }
}
