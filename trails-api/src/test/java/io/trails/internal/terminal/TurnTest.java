package io.trails.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @TempDir
    Path root;

    @Test
    void a_try_of_another_instance_sets_nothing_free_for_another_process() throws Exception {
        Turn holding = turn(root);
        Turn.Held held = holding.take(AT_ONCE).orElseThrow();

        assertThat(turn(root).take(AT_ONCE)).isEmpty();
        assertThat(turn(root).take(AT_ONCE)).isEmpty();

        assertThat(anotherProcessTakes()).isFalse();
        held.release();
        assertThat(anotherProcessTakes()).isTrue();
        turn(root).take(AT_ONCE).orElseThrow().release();
    }

    @Test
    void its_files_go_with_those_of_the_terminal() throws IOException {
        var files = new TerminalFiles(root);
        for (Path file : List.of(files.turn(), files.run())) {
            new Turn(file, "a test").take(AT_ONCE).orElseThrow().release();
        }

        files.delete();

        try (var left = Files.list(root)) {
            assertThat(left).isEmpty();
        }
    }

    private boolean anotherProcessTakes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        root.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isIn(0, 3);
        return process.exitValue() == 0;
    }

    private static Turn turn(Path root) {
        return new Turn(new TerminalFiles(root).turn(), "a test");
    }

    /** Another process. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            boolean taken = turn(Path.of(arguments[0])).take(AT_ONCE).isPresent();
            System.exit(taken ? 0 : 3);
        }
    }
}
