package io.trails.internal.state;

import static io.trails.internal.state.Sessions.session;
import static io.trails.internal.state.StateStoreTest.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.SessionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedStateTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path project;

    private Path directory;
    private Path file;

    @BeforeEach
    void locate() throws IOException {
        directory = Files.createDirectory(project.resolve(".trails"));
        file = directory.resolve("state.json");
    }

    private StateStore open() {
        return StateStore.open(directory, NOON);
    }

    private static void put(StateStore store, SessionRecord session) {
        store.update(draft -> {
            draft.put(session);
            return true;
        });
    }

    private List<byte[]> setAside() throws IOException {
        var contents = new ArrayList<byte[]>();
        try (var files = Files.newDirectoryStream(directory, "state.corrupt-*.json")) {
            for (Path aside : files) contents.add(Files.readAllBytes(aside));
        }
        return contents;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "null",
                "[]",
                "42",
                "\"x\"",
                "garbage",
                "{\"version\":1}",
                "{\"version\":1,\"sessions\":[]}",
                "{\"version\":\"1\",\"sessions\":{}}",
                "{\"version\":0,\"sessions\":{}}",
                "{\"version\":1.5,\"sessions\":{}}",
                "{\"version\":1,\"sessions\":{\"a\":{},\"a\":{}}}",
                "{\"sessions\":42}",
                "{\"version\":1,\"sessions\":{}}}",
                "{\"version\":1E400,\"sessions\":{}}",
                "\u0000\u0000\u0000"
            })
    void a_damaged_file_is_set_aside_reported_and_never_overwritten(String damage) throws IOException {
        byte[] bytes = damage.getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes);
        try (var store = open()) {
            assertThat(store.read()).isEmpty();
            assertThat(store.problem()).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo("state.corrupt");
                assertThat(problem.message()).contains("state.corrupt-20260102T120000Z.json");
            });
            put(store, session("new"));
        }
        assertThat(setAside()).singleElement().isEqualTo(bytes);
        try (var store = open()) {
            assertThat(store.read().keySet()).containsExactly("new");
            assertThat(store.problem()).isPresent();
        }
    }

    @Test
    void damage_while_the_store_is_open_is_set_aside_too_and_names_do_not_collide() throws IOException {
        try (var store = open()) {
            for (String damage : List.of("one", "two", "three")) {
                put(store, session("a"));
                Files.writeString(file, damage);
                assertThat(store.read()).isEmpty();
            }
            Files.writeString(file, "four");
            put(store, session("b"));
            assertThat(store.read().keySet()).containsExactly("b");
        }
        assertThat(setAside())
                .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("one", "two", "three", "four");
    }

    @Test
    void a_file_cut_anywhere_is_set_aside_whole_or_was_whole() throws Exception {
        try (var store = open()) {
            put(store, session("a"));
            put(store, session("ä \"quoted\""));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == whole.length - 1) {
                // Only the line break is missing.
                assertThat(StateDecoder.decode(cut, project).entries()).hasSize(2);
            } else {
                assertThatThrownBy(() -> StateDecoder.decode(cut, project))
                        .as("cut after %s bytes", length)
                        .isInstanceOf(CorruptStateException.class);
            }
        }
    }

    @Test
    void a_flipped_bit_anywhere_loses_no_session_without_a_word() throws Exception {
        try (var store = open()) {
            put(store, session("a"));
            put(store, session("b"));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            try {
                var sessions =
                        new SessionMap(StateDecoder.decode(flipped, project).entries());
                assertThat(sessions.values()).as("bit %s", i).hasSize(2);
            } catch (CorruptStateException seen) {
                assertThat(seen).hasMessageContaining(" ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "null",
                "[]",
                "{}",
                "\"x\"",
                "{\"id\":\"../../etc\",\"state\":\"READY\"}",
                "{\"id\":\"bad\",\"state\":\"SINGING\",\"future\":[1,2]}",
                "{\"id\":5}"
            })
    void a_session_that_cannot_be_understood_is_lost_kept_to_the_letter_and_alone(String entry) throws IOException {
        try (var store = open()) {
            put(store, session("good"));
        }
        Files.writeString(file, Files.readString(file).replace("{\n\"good\"", "{\n\"bad\":" + entry + ",\n\"good\""));
        try (var store = open()) {
            assertThat(store.read().get("good")).isEqualTo(session("good"));
            SessionRecord bad = store.read().get("bad");
            assertThat(bad.state()).isEqualTo(SessionState.LOST);
            assertThat(bad.problem().orElseThrow().code()).isEqualTo("session.unreadable");
            assertThat(store.unsettled()).isEmpty();
            put(store, session("other"));
        }
        assertThat(Files.readString(file)).contains("\"bad\":" + entry + ",");
        try (var store = open()) {
            assertThat(store.read().keySet()).containsExactly("bad", "good", "other");
            put(store, store.read().get("bad").withState(SessionState.LOST, java.util.Optional.empty()));
        }
        assertThat(Files.readString(file)).contains("\"unreadable\":" + entry);
    }

    @Test
    void members_nobody_knows_survive() throws IOException {
        try (var store = open()) {
            put(store, session("a"));
        }
        String text = Files.readString(file)
                .replace("{\"version\":1", "{\"future\":{\"x\":[1.50]},\"version\":1")
                .replace("\"state\":\"READY\"", "\"tomorrow\":\"\\ud800\",\"state\":\"READY\"");
        Files.writeString(file, text);
        for (int i = 0; i < 2; i++) {
            try (var store = open()) {
                SessionState next = i == 0 ? SessionState.STOPPED : SessionState.READY;
                put(store, store.read().get("a").withState(next, java.util.Optional.empty()));
            }
            assertThat(Files.readString(file)).contains("\"future\":{\"x\":[1.50]}", "\"tomorrow\":\"\\ud800\"");
        }
    }

    @Test
    void a_newer_version_is_read_and_not_written() throws IOException {
        try (var store = open()) {
            put(store, session("a"));
        }
        String newer = Files.readString(file).replace("\"version\":1", "\"version\":2");
        Files.writeString(file, newer);
        try (var store = open()) {
            assertThat(store.read().get("a")).isEqualTo(session("a"));
            assertThatThrownBy(() -> put(store, session("b"))).satisfies(code("state.newer-version"));
        }
        assertThat(file).hasContent(newer);
    }

    @Test
    void a_directory_in_the_files_place_is_left_alone() throws IOException {
        Files.createDirectories(file.resolve("inner"));
        assertThatThrownBy(this::open).satisfies(code("state.not-a-file"));
        assertThat(file.resolve("inner")).exists();
    }

    @Test
    void a_file_in_the_directorys_place_is_left_alone() throws IOException {
        Path occupied = Files.writeString(project.resolve("occupied"), "x");
        assertThatThrownBy(() -> StateStore.open(occupied, NOON))
                .satisfies(code("state.not-a-directory"))
                .hasMessageContaining("TrailsBuilder.stateDirectory");
        assertThatThrownBy(() -> StateStore.open(occupied.resolve(".trails"), NOON))
                .satisfies(code("state.unwritable"))
                .hasMessageContaining("TrailsBuilder.stateDirectory");
        assertThat(occupied).hasContent("x");
    }

    @Test
    void a_place_where_nobody_can_write_is_reported() {
        // Even root creates nothing in /proc.
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/proc/self")), "There is no /proc here");
        assertThatThrownBy(() -> StateStore.open(Path.of("/proc/self/trails"), NOON))
                .satisfies(code("state.unwritable"))
                .hasMessageContaining("TrailsBuilder.stateDirectory");
    }

    @Test
    void a_directory_that_turns_read_only_is_reported_and_still_read() throws IOException {
        try (var store = open()) {
            put(store, session("a"));
            // A directory in the place of the lock stops root too.
            Files.delete(directory.resolve("state.gate"));
            Files.createDirectory(directory.resolve("state.gate"));
            assertThatThrownBy(() -> put(store, session("b"))).satisfies(code("state.unwritable"));
            assertThat(store.read().keySet()).containsExactly("a");
        }
    }

    @Test
    void no_link_is_followed() throws IOException {
        Path secret = Files.writeString(project.resolve("secret"), "keep");
        Files.createSymbolicLink(file, secret);
        assertThatThrownBy(this::open).satisfies(code("state.symlink"));
        Files.delete(file);
        for (String name : List.of("state.lock", "state.gate")) {
            Files.deleteIfExists(directory.resolve(name));
            Files.createSymbolicLink(directory.resolve(name), project.resolve("planted"));
            try (var store = open()) {
                assertThatThrownBy(() -> put(store, session("a"))).satisfies(code("state.symlink"));
            }
            Files.delete(directory.resolve(name));
        }
        Files.createSymbolicLink(directory.resolve("instances"), project);
        try (var store = open()) {
            assertThatThrownBy(store::presence).satisfies(code("state.symlink"));
        }
        Path link = Files.createSymbolicLink(project.resolve("link"), directory);
        assertThatThrownBy(() -> StateStore.open(link, NOON)).satisfies(code("state.symlink"));
        assertThat(secret).hasContent("keep");
        assertThat(project.resolve("planted")).doesNotExist();
    }
}
