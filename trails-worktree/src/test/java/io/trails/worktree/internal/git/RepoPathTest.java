package io.trails.worktree.internal.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import org.junit.jupiter.api.Test;

class RepoPathTest {
    @Property(tries = 200)
    void what_was_joined_is_split_again(@ForAll List<byte[]> names) {
        List<RepoPath> paths = new ArrayList<>();
        for (byte[] name : names) {
            byte[] clean = name.clone();
            for (int i = 0; i < clean.length; i++) {
                if (clean[i] == 0) clean[i] = 1;
            }
            paths.add(RepoPath.of(clean));
        }
        assertThat(RepoPath.split(RepoPath.join(paths))).isEqualTo(paths);
    }

    @Property
    void the_order_is_that_of_unsigned_bytes(
            @ForAll @ByteRange(min = 1, max = 127) byte a, @ForAll @ByteRange(min = -128, max = -1) byte b) {
        assertThat(RepoPath.of(new byte[] {a})).isLessThan(RepoPath.of(new byte[] {b}));
    }

    @Test
    void a_last_field_without_an_end_counts() {
        assertThat(RepoPath.split("a\0b".getBytes(StandardCharsets.US_ASCII)))
                .containsExactly(RepoPath.of("a"), RepoPath.of("b"));
        assertThat(RepoPath.split("a\0\0".getBytes(StandardCharsets.US_ASCII)))
                .containsExactly(RepoPath.of("a"), RepoPath.of(""));
    }

    @Test
    void bytes_that_are_no_text_are_shown_replaced_and_lead_to_no_file() {
        RepoPath odd = RepoPath.of(new byte[] {'a', (byte) 0xff});
        assertThat(odd.isText()).isFalse();
        assertThat(odd.text()).isEqualTo("a\ufffd");
        assertThat(odd.in(Path.of("/x"))).isEmpty();
        assertThat(RepoPath.of("\u00e9/b").isText()).isTrue();
    }
}
