package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere commands get the JDK's pipes")
class OutputPipesTest {
    private final OutputPipes pipes = new OutputPipes(true);

    private OutputPipe take() {
        return Objects.requireNonNull(pipes.take());
    }

    private static String output(OutputPipe pipe, String word) throws IOException {
        new ProcessBuilder("echo", word).redirectOutput(pipe.writingEnd()).start();
        try (pipe) {
            return new String(pipe.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void a_pipe_serves_one_process_after_the_other() throws IOException {
        Set<File> used = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            OutputPipe pipe = take();
            used.add(pipe.writingEnd());
            assertThat(output(pipe, "word" + i)).isEqualTo("word" + i + "\n");
        }
        assertThat(used).hasSize(1);
        pipes.close();
    }

    @Test
    void two_pipes_are_not_confused() throws IOException {
        OutputPipe one = take();
        OutputPipe other = take();
        new ProcessBuilder("echo", "other").redirectOutput(other.writingEnd()).start();
        assertThat(output(one, "one")).isEqualTo("one\n");
        try (other) {
            assertThat(other.readAllBytes()).asString().isEqualTo("other\n");
        }
        pipes.close();
    }

    @Test
    void pipes_made_at_the_same_time_are_not_confused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            var outputs = new ArrayList<Future<String>>();
            for (int i = 0; i < 8; i++) {
                String word = "word" + i;
                outputs.add(threads.submit(() -> {
                    var text = new StringBuilder();
                    for (int round = 0; round < 20; round++) {
                        OutputPipe unread = take();
                        text.append(output(take(), word).strip().equals(word) ? "" : "confused");
                        unread.close();
                    }
                    return text.toString();
                }));
            }
            for (Future<String> output : outputs) assertThat(output.get()).isEmpty();
        } finally {
            threads.shutdownNow();
            pipes.close();
        }
    }

    @Test
    void a_pipe_not_read_to_its_end_is_not_used_again() throws IOException {
        OutputPipe pipe = take();
        pipe.close();
        OutputPipe next = take();
        assertThat(next).isNotSameAs(pipe);
        next.close();
        pipes.close();
    }

    @Test
    void as_many_as_one_command_needs_are_kept() {
        List<OutputPipe> made = List.of(take(), take(), take(), take());
        for (OutputPipe pipe : made) pipe.unused();
        List<OutputPipe> next = List.of(take(), take(), take());
        assertThat(next.subList(0, 2)).containsExactlyInAnyOrderElementsOf(made.subList(0, 2));
        assertThat(made).doesNotContain(next.get(2));
        for (OutputPipe pipe : next) pipe.dispose();
        pipes.close();
    }

    @Test
    void nothing_is_kept_after_the_end() throws IOException {
        OutputPipe idle = take();
        idle.unused();
        assertThat(take()).isSameAs(idle);
        pipes.close();
        assertThat(pipes.takeBack(idle)).isFalse();
        assertThat(output(idle, "last")).isEqualTo("last\n");
        assertThatThrownBy(() -> idle.read()).isInstanceOf(IOException.class);
    }
}
