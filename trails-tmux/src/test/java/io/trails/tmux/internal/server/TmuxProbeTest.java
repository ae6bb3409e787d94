package io.trails.tmux.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmuxProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path bin;

    private TmuxProbe.Answer ask(String script, Duration patience) throws IOException {
        Path program = Files.writeString(bin.resolve("tmux"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String system = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return TmuxProbe.ask(Map.of("PATH", "relative::" + bin + ":" + system), patience);
    }

    private static String code(TmuxProbe.Answer answer) {
        return answer instanceof TmuxProbe.Unusable unusable ? unusable.reason().code() : "usable";
    }

    @Test
    void the_tmux_of_this_machine_is_found() {
        HostPlace.needTmux();
        assertThat(TmuxProbe.ask(System.getenv(), PATIENCE)).isInstanceOfSatisfying(TmuxProbe.Usable.class, usable -> {
            assertThat(usable.program()).isExecutable();
            assertThat(usable.version().isAtLeast(3, 0)).isTrue();
            assertThat(usable.notes()).isNotEmpty();
        });
    }

    @Test
    void one_that_is_not_there_is_missing() {
        assertThat(code(TmuxProbe.ask(Map.of("PATH", bin.toString()), PATIENCE)))
                .isEqualTo("tmux.missing");
        assertThat(code(TmuxProbe.ask(Map.of(), PATIENCE))).isEqualTo("tmux.missing");
    }

    @Test
    void one_that_is_too_old_is_refused() throws IOException {
        assertThat(code(ask("echo tmux 2.9a", PATIENCE))).isEqualTo("tmux.too-old");
    }

    @Test
    void an_old_one_says_what_it_lacks() throws IOException {
        assertThat(ask("echo tmux 3.0a", PATIENCE))
                .isInstanceOfSatisfying(
                        TmuxProbe.Usable.class,
                        usable -> assertThat(usable.notes())
                                .extracting(note -> note.code())
                                .containsExactly(
                                        "tmux.version", "tmux.before-3.1", "tmux.before-3.2", "tmux.before-3.3"));
    }

    @Test
    void one_that_hangs_floods_or_talks_nonsense_is_refused() throws IOException {
        assertThat(code(ask("exec sleep 60", Duration.ofMillis(300)))).isEqualTo("tmux.silent");
        assertThat(code(ask("head -c 1000000 /dev/zero", PATIENCE))).isEqualTo("tmux.unknown-version");
        assertThat(code(ask("echo screen 4.9", PATIENCE))).isEqualTo("tmux.unknown-version");
        assertThat(code(ask("exit 1", PATIENCE))).isEqualTo("tmux.unknown-version");
    }
}
