package io.trails.tmux.internal.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.tmux.internal.place.HostPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class OutputLogTest {
    @TempDir
    Path directory;

    private final HostPlace place = new HostPlace();

    @AfterEach
    void close() {
        place.close();
    }

    private OutputLog log() {
        return new OutputLog(place, directory.toString());
    }

    private void segment(long start, String content) throws Exception {
        Files.writeString(directory.resolve(Segments.name(start)), content);
    }

    private static void assertPiece(Piece piece, long position, String content) {
        assertThat(piece.bytes()).asString(UTF_8).isEqualTo(content);
        assertThat(piece.position()).isEqualTo(position);
    }

    @Test
    void nothing_was_printed_where_there_is_no_file_yet() {
        assertThat(log().total()).isZero();
        assertThat(log().oldest()).isZero();
        assertThat(log().ended()).isFalse();
        assertPiece(log().read(0, 10), 0, "");
        assertPiece(log().read(7, 10), 7, "");
        assertPiece(new OutputLog(place, directory + "/none").read(0, 10), 0, "");
    }

    @Test
    void positions_lead_to_segments_and_over_what_is_missing() throws Exception {
        segment(10, "abc");
        segment(13, "de");
        segment(20, "fg");
        OutputLog log = log();

        assertThat(log.oldest()).isEqualTo(10);
        assertThat(log.total()).isEqualTo(22);
        assertPiece(log.read(0, 10), 10, "abc");
        assertPiece(log.read(11, 1), 11, "b");
        assertPiece(log.read(13, 10), 13, "de");
        assertPiece(log.read(15, 10), 20, "fg");
        assertPiece(log.read(17, 10), 20, "fg");
        assertPiece(log.read(22, 10), 22, "");
        Files.delete(directory.resolve(Segments.name(13)));
        assertPiece(log.read(13, 10), 20, "fg");
        segment(22, "new");
        assertPiece(log.read(22, 10), 22, "new");
    }

    @Test
    void other_files_and_things_in_their_place_are_no_output() throws Exception {
        for (String name :
                new String[] {"output.end.new", "output.12", "output.00000000000x", "output.0000000000000000000"}) {
            Files.writeString(directory.resolve(name), "x");
        }
        assertThat(log().total()).isZero();
        Files.createDirectory(directory.resolve(Segments.name(5)));
        assertThat(log().total()).isZero();
        assertPiece(log().read(0, 10), 5, "");
    }
}
