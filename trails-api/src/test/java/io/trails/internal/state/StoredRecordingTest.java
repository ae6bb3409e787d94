package io.trails.internal.state;

import static io.trails.internal.state.Sessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Reason;
import io.trails.RecordingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRecordingTest {
    private static final RecordingOptions OPTIONS =
            RecordingOptions.output().withInput().maxBytes(3L << 20);

    @TempDir
    Path project;

    private Path directory;

    @BeforeEach
    void put() throws IOException {
        directory = Files.createDirectory(project.resolve(".trails"));
        try (StateStore store = open()) {
            store.update(draft -> {
                draft.put(session("recorded").withRecording(OPTIONS));
                draft.put(session("plain"));
                return true;
            });
        }
    }

    private StateStore open() {
        return StateStore.open(directory, Clock.systemUTC());
    }

    private SessionRecord read(String name) {
        try (StateStore store = open()) {
            SessionRecord found = store.read().get(name);
            assertThat(found).isNotNull();
            return found;
        }
    }

    private void replace(String one, String other) throws IOException {
        Path file = directory.resolve("state.json");
        String text = Files.readString(file);
        assertThat(text).contains(one);
        Files.writeString(file, text.replace(one, other));
    }

    @Test
    void it_is_read_as_it_was_written_and_only_where_it_was() {
        assertThat(read("recorded").recording()).contains(OPTIONS);
        assertThat(read("plain").recording()).isEmpty();
    }

    @Test
    void what_a_later_version_says_of_it_survives() throws IOException {
        replace("\"input\":true", "\"input\":true,\"colour\":\"red\"");
        try (StateStore store = open()) {
            store.update(draft -> {
                draft.put(draft.find("recorded").orElseThrow().withLife("x"));
                return true;
            });
        }
        assertThat(Files.readString(directory.resolve("state.json"))).contains("\"colour\":\"red\"");
        assertThat(read("recorded").recording()).contains(OPTIONS);
    }

    @Test
    void a_session_whose_recording_is_not_understood_is_not_run() throws IOException {
        replace("\"maxBytes\":3145728", "\"maxBytes\":3");
        assertThat(read("recorded").problem()).map(Reason::code).contains(SessionRecord.UNREADABLE);
        assertThat(read("plain").problem()).isEmpty();
    }
}
