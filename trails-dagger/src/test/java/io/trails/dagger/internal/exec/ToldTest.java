package io.trails.dagger.internal.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldTest {
    @TempDir
    Path place;

    @ParameterizedTest
    @ValueSource(strings = {"", "exited", "exited -1", "exited 1234", "exited 1 2", "something else", "\0\0\0"})
    void what_nobody_would_say_tells_nothing(String text) throws IOException {
        Files.writeString(place.resolve("end"), text);
        assertThat(Told.in(place).how()).isEqualTo(Told.How.SILENT);
    }

    @Test
    void the_end_is_read_and_no_link_is_followed() throws IOException {
        Files.writeString(place.resolve("end"), "exited 137\n");
        Files.writeString(place.resolve("late"), "");
        assertThat(Told.in(place)).isEqualTo(new Told(Told.How.EXITED, "137", true));
        Files.move(place.resolve("end"), place.resolve("elsewhere"));
        Files.createSymbolicLink(place.resolve("end"), place.resolve("elsewhere"));
        assertThat(Told.in(place).how()).isEqualTo(Told.How.SILENT);
    }
}
