package io.trails.dagger.internal.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Capture;
import io.trails.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectedOutputTest {
    private static final Scrubber NOTHING_SECRET = Scrubber.of(List.of());
    private static final Scrubber SOMETHING_SECRET = Scrubber.of(List.of("not in there at all"));

    @TempDir
    Path place;

    private Path file(String content) throws IOException {
        return Files.writeString(place.resolve("out"), content, StandardCharsets.ISO_8859_1);
    }

    @RepeatedTest(60)
    void both_ways_keep_the_same_first_and_last_bytes(RepetitionInfo run) throws IOException {
        var random = new Random(run.getCurrentRepetition());
        var content = new StringBuilder();
        int size = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextInt(300_000);
        for (int i = 0; i < size; i++) content.append((char) ('a' + random.nextInt(26)));
        Capture capture = Capture.upTo(random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(200_000));
        Output sought = new CollectedOutput(capture, NOTHING_SECRET).of(file(content.toString()), ".out");
        Output streamed = new CollectedOutput(capture, SOMETHING_SECRET).of(file(content.toString()), ".out");
        assertThat(streamed).as("repetition %s", run).isEqualTo(sought);
        assertThat(sought.size()).isEqualTo(size);
        if (size <= capture.maxBytes()) assertThat(sought.text()).isEqualTo(content.toString());
        else assertThat(sought.text()).contains(size - capture.maxBytes() + " bytes not kept");
    }

    @Test
    void the_whole_is_spilled_without_secrets() throws IOException {
        Capture capture = Capture.upTo(4).spillingTo(place.resolve("spill"));
        Output out =
                new CollectedOutput(capture, Scrubber.of(List.of("p4ssw0rd"))).of(file("the p4ssw0rd is gone"), ".out");
        assertThat(out.file()).contains(place.resolve("spill.out"));
        assertThat(place.resolve("spill.out")).hasContent("the [redacted] is gone");
        assertThat(out.size()).isEqualTo("the [redacted] is gone".length());
    }

    @Test
    void a_link_that_came_out_of_the_container_is_not_followed() throws IOException {
        Path secret = Files.writeString(place.resolve("host-secret"), "of the host");
        Path link = Files.createSymbolicLink(place.resolve("link"), secret);
        assertThat(new CollectedOutput(Capture.DEFAULT, NOTHING_SECRET).of(link, ".out"))
                .isEqualTo(Output.empty());
    }

    @Test
    void an_output_that_did_not_come_is_empty_and_so_is_its_file() {
        Capture capture = Capture.DEFAULT.spillingTo(place.resolve("spill"));
        assertThat(new CollectedOutput(capture, NOTHING_SECRET)
                        .of(place.resolve("none"), ".err")
                        .size())
                .isZero();
        assertThat(place.resolve("spill.err")).isEmptyFile();
    }
}
