package io.trails.worktree.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.FileDiff;
import io.trails.FileDiff.Hunk;
import io.trails.FileDiff.Line;
import io.trails.FileDiff.Line.Kind;
import io.trails.TrailsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PatchReaderTest {
    private static final String META = ":100644 100644 " + "1".repeat(40) + " " + "2".repeat(40) + " M\0";

    @Test
    void lines_that_look_like_headings_are_lines() throws Exception {
        String patch = """
                diff --git a/a b/a
                index 1..2 100644
                --- a/a
                +++ b/a
                @@ -1,4 +1,4 @@ class A {
                 diff --git a/b b/b
                --- a/a
                -@@ -1 +1 @@
                +++ b/a
                +\\ No newline at end of file
                 @@ -9 +9 @@
                @@ -9 +9,0 @@
                --
                \\ No newline at end of file
                """;
        FileDiff diff = read(5_000, META + "a\0\0" + patch).get(0);
        assertThat(diff.hunks())
                .containsExactly(
                        new Hunk(
                                1,
                                4,
                                1,
                                4,
                                "class A {",
                                List.of(
                                        new Line(Kind.CONTEXT, "diff --git a/b b/b", true),
                                        new Line(Kind.DELETED, "-- a/a", true),
                                        new Line(Kind.DELETED, "@@ -1 +1 @@", true),
                                        new Line(Kind.ADDED, "++ b/a", true),
                                        new Line(Kind.ADDED, "\\ No newline at end of file", true),
                                        new Line(Kind.CONTEXT, "@@ -9 +9 @@", true))),
                        new Hunk(9, 1, 9, 0, "", List.of(new Line(Kind.DELETED, "-", false))));
        assertThat(diff.change().lines()).hasValueSatisfying(lines -> {
            assertThat(lines.added()).isEqualTo(2);
            assertThat(lines.deleted()).isEqualTo(3);
        });
        assertThat(diff.cut()).isFalse();
    }

    @Test
    void further_lines_than_asked_for_are_counted_only() throws Exception {
        String patch = """
                diff --git a/a b/a
                @@ -0,0 +1,3 @@
                +1
                +2
                +3
                \\ No newline at end of file
                diff --git a/b b/b
                @@ -1 +1 @@
                -1
                +2
                """;
        List<FileDiff> diffs = read(2, META + "a\0" + META + "b\0\0" + patch);
        assertThat(diffs.get(0).hunks().get(0).lines()).extracting(Line::text).containsExactly("1", "2");
        assertThat(diffs.get(0).cut()).isTrue();
        assertThat(diffs.get(0).change().lines().orElseThrow().added()).isEqualTo(3);
        assertThat(diffs.get(1).cut()).isFalse();
        assertThat(read(0, META + "a\0" + META + "b\0\0" + patch)).allSatisfy(diff -> {
            assertThat(diff.hunks()).isEmpty();
            assertThat(diff.cut()).isTrue();
        });
    }

    @Test
    void a_line_as_long_as_a_file_is_left_out_and_not_held() throws Exception {
        byte[] chunk = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        List<InputStream> parts = new ArrayList<>();
        parts.add(bytes(META + "a\0\0diff --git a/a b/a\n@@ -0,0 +1,3 @@\n+first\n+"));
        for (int i = 0; i < 512; i++) parts.add(new ByteArrayInputStream(chunk));
        parts.add(bytes("\n+last\n"));
        FileDiff diff = read(5_000, new SequenceInputStream(Collections.enumeration(parts)))
                .get(0);
        assertThat(diff.hunks().get(0).lines()).extracting(Line::text).containsExactly("first");
        assertThat(diff.cut()).isTrue();
        assertThat(diff.change().lines().orElseThrow().added()).isEqualTo(3);
    }

    @Test
    void a_patch_that_ends_early_is_an_error() {
        assertThatThrownBy(() -> read(5_000, META + "a\0\0diff --git a/a b/a\n@@ -1 +1,2 @@\n-1\n"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.output-unknown"));
        assertThatThrownBy(() -> read(5_000, META + "a\0"))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("worktree.output-unknown"));
    }

    private static List<FileDiff> read(int lines, String output) throws IOException {
        return read(lines, bytes(output));
    }

    private static List<FileDiff> read(int lines, InputStream output) throws IOException {
        var diffs = new ArrayList<FileDiff>();
        var changes = new FileChanges(new PathView("", Optional.empty()));
        new FileDiffs(changes, lines, new TreeMap<>(), diffs::add).read(output);
        return diffs;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
