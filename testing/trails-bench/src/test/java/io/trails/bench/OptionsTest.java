package io.trails.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void the_whole_run_writes_its_page() {
        assertThat(Options.parse(List.of()).file()).contains(Path.of("testing", "trails-bench", "RESULTS.md"));
    }

    @Test
    void a_partial_run_writes_its_page_only_where_it_is_told_to() {
        assertThat(Options.parse(List.of("--quick")).file()).isEmpty();
        assertThat(Options.parse(List.of("--only", "exec")).file()).isEmpty();
        assertThat(Options.parse(List.of("--quick", "--write", "page.md")).file())
                .contains(Path.of("page.md"));
    }

    @Test
    void what_is_not_understood_is_refused_with_the_usage() {
        assertThatThrownBy(() -> Options.parse(List.of("--fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fast")
                .hasMessageContaining(Options.USAGE);
        assertThatThrownBy(() -> Options.parse(List.of("--only")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Options.USAGE);
    }
}
