package io.trails.internal.state;

import static io.trails.internal.state.Sessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.SessionState;
import io.trails.TrailsException;
import io.trails.internal.files.InterProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    @TempDir
    Path project;

    private final List<StateStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(StateStore::close);
    }

    private Path directory() {
        return project.resolve(".trails");
    }

    private StateStore open() {
        var store = StateStore.open(directory(), Clock.systemUTC());
        opened.add(store);
        return store;
    }

    private static void put(StateStore store, SessionRecord session) {
        store.update(draft -> {
            draft.put(session);
            return true;
        });
    }

    @Test
    void the_directory_is_the_owners_and_hidden_from_git_but_for_the_settings() throws IOException {
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(Files.readAllLines(directory().resolve(".gitignore"))).contains("*", "!settings.json");
        assertThat(directory().resolve("state.json")).doesNotExist();
    }

    @Test
    void a_directory_that_exists_keeps_its_permissions_and_its_gitignore() throws IOException {
        Files.createDirectory(directory());
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwx---"));
        Files.writeString(directory().resolve(".gitignore"), "mine");
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwxrwx---");
        assertThat(directory().resolve(".gitignore")).hasContent("mine");
    }

    @Test
    void sessions_keep_the_order_of_their_creation_when_they_change() {
        StateStore store = open();
        for (String name : List.of("c", "a", "b")) put(store, session(name));
        put(store, session("a", SessionState.STOPPED));
        assertThat(store.read().keySet()).containsExactly("c", "a", "b");
        assertThat(open().read().values())
                .containsExactly(session("c"), session("a", SessionState.STOPPED), session("b"));
    }

    @Test
    void what_one_instance_writes_the_others_see() {
        StateStore one = open();
        StateStore other = open();
        for (int i = 0; i < 50; i++) {
            SessionState state = i % 2 == 0 ? SessionState.READY : SessionState.LOST;
            put(i % 3 == 0 ? one : other, session("a", state));
            assertThat(one.read().get("a")).isEqualTo(session("a", state));
            assertThat(other.read().get("a")).isEqualTo(session("a", state));
        }
    }

    @Test
    void an_unchanged_file_is_decoded_once() {
        StateStore store = open();
        put(store, session("a"));
        put(open(), session("b"));
        assertThat(store.read().get("a")).isSameAs(store.read().get("a"));
    }

    @Test
    void what_another_instance_left_alone_is_not_decoded_again() {
        StateStore store = open();
        put(store, session("a"));
        SessionRecord before = store.read().get("a");
        put(open(), session("b"));
        assertThat(store.read()).containsKey("b");
        assertThat(store.read().get("a")).isSameAs(before);
    }

    @Test
    void an_edit_by_hand_is_seen_even_if_the_time_stays_the_same() throws IOException {
        StateStore store = open();
        put(store, session("a"));
        assertThat(store.read()).containsKey("a");
        Path file = directory().resolve("state.json");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, Files.readString(file).replace("\"claude\"", "\"clod\""));
        Files.setLastModifiedTime(file, time);
        assertThat(store.read().get("a").agent().orElseThrow().name()).isEqualTo("clod");
        put(store, session("b"));
        assertThat(open().read().get("a").agent().orElseThrow().name()).isEqualTo("clod");
    }

    @Test
    void a_write_is_seen_that_has_the_size_the_time_and_the_inode_of_the_one_before() throws IOException {
        StateStore store = open();
        Path file = directory().resolve("state.json");
        put(store, session("a").withAgent(new StoredAgent("one", Optional.empty(), 1)));
        byte[] first = Files.readAllBytes(file);
        FileTime time = Files.getLastModifiedTime(file);
        put(open(), session("a").withAgent(new StoredAgent("two", Optional.empty(), 1)));
        byte[] second = Files.readAllBytes(file);
        assertThat(store.read().get("a").agent().orElseThrow().name()).isEqualTo("two");
        Files.setLastModifiedTime(file, time);
        assertThat(store.read()).containsKey("a");
        // Written in place, as if the file system had handed out the inode again within one tick of its clock.
        assertThat(first).hasSameSizeAs(second);
        Files.write(file, first);
        Files.setLastModifiedTime(file, time);
        assertThat(store.read().get("a").agent().orElseThrow().name()).isEqualTo("one");
    }

    @Test
    void a_change_that_throws_changes_nothing_and_the_next_one_works() {
        StateStore store = open();
        put(store, session("a"));
        assertThatThrownBy(() -> store.update(draft -> {
                    draft.remove("a");
                    draft.put(session("b"));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        put(store, session("c"));
        assertThat(open().read().keySet()).containsExactly("a", "c");
    }

    @Test
    void a_change_that_changes_nothing_writes_nothing() throws IOException {
        StateStore store = open();
        put(store, session("a"));
        byte[] before = Files.readAllBytes(directory().resolve("state.json"));
        put(store, session("a"));
        Optional<SessionRecord> found = store.update(draft -> draft.find("a"));
        assertThat(found).contains(session("a"));
        assertThat(directory().resolve("state.json")).hasBinaryContent(before);
    }

    @Test
    void a_draft_shows_what_the_change_did_so_far_and_ends_with_it() {
        StateStore store = open();
        put(store, session("a"));
        var kept = new AtomicReference<StateDraft>();
        store.update(draft -> {
            kept.set(draft);
            for (SessionRecord session : draft.all()) draft.remove(session.name());
            draft.put(session("Other"));
            assertThat(draft.find("a")).isEmpty();
            assertThat(draft.idTaken("a")).isFalse();
            assertThat(draft.idTaken(SessionId.of("Other"))).isTrue();
            return true;
        });
        assertThatThrownBy(() -> kept.get().find("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Timeout(30)
    void a_change_within_a_change_is_a_bug_and_not_a_deadlock() {
        StateStore store = open();
        assertThatThrownBy(() -> store.update(draft -> store.update(StateDraft::all)))
                .isInstanceOf(IllegalStateException.class);
        put(store, session("a"));
    }

    @Test
    void one_of_a_hundred_threads_wins_a_name_and_every_other_change_is_kept() throws Exception {
        StateStore one = open();
        StateStore other = open();
        var pool = Executors.newFixedThreadPool(100);
        try {
            var results = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 100; i++) {
                String own = "own-" + i;
                StateStore store = i % 2 == 0 ? one : other;
                results.add(pool.submit(() -> store.update(draft -> {
                    draft.put(session(own));
                    if (draft.find("wanted").isPresent()) return false;
                    draft.put(session("wanted"));
                    return true;
                })));
            }
            int winners = 0;
            for (var result : results) if (result.get(60, TimeUnit.SECONDS)) winners++;
            assertThat(winners).isEqualTo(1);
            assertThat(open().read()).hasSize(101);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void threads_that_wait_share_writes() throws Exception {
        StateStore store = open();
        put(store, session("first"));
        var held = new InterProcessLock(directory(), "state").acquire(Duration.ofSeconds(5));
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 50; i++) {
            String name = "s" + i;
            var thread = new Thread(() -> put(store, session(name)), "trails-test-put");
            thread.start();
            threads.add(thread);
        }
        org.awaitility.Awaitility.await()
                .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
        held.close();
        for (Thread thread : threads) thread.join(30_000);
        assertThat(store.read()).hasSize(51);
        assertThat(Files.readString(directory().resolve("state.json"))).containsPattern("\"generation\":[23],");
    }

    @Test
    void a_lock_that_others_keep_is_reported_in_time() throws IOException {
        StateStore.open(directory(), Clock.systemUTC()).close();
        try (var store = StateStore.open(directory(), Clock.systemUTC(), Duration.ofMillis(50));
                var held = new InterProcessLock(directory(), "state").acquire(Duration.ofSeconds(5))) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> put(store, session("a"))).satisfies(code("state.locked"));
            assertThat(store.read()).isEmpty();
        }
    }

    @Test
    void an_interrupt_before_a_change_neither_tears_it_nor_is_lost() {
        StateStore store = open();
        Thread.currentThread().interrupt();
        put(store, session("a"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(open().read()).containsKey("a");
    }

    @Test
    void sessions_that_nobody_finished_are_found_among_the_others() {
        StateStore store = open();
        for (SessionState state : SessionState.values())
            put(store, session("s-" + state.name().toLowerCase(Locale.ROOT), state));
        assertThat(open().unsettled())
                .extracting(SessionRecord::state)
                .containsExactly(SessionState.CREATING, SessionState.REMOVING);
    }

    @Test
    void what_a_crash_left_unfinished_is_cleaned_up_and_nothing_else() throws IOException {
        open();
        Files.writeString(directory().resolve("state.json.123.tmp"), "half");
        Files.writeString(directory().resolve("settings.json"), "{}");
        open();
        assertThat(directory().resolve("state.json.123.tmp")).doesNotExist();
        assertThat(directory().resolve("settings.json")).exists();
    }

    @Test
    void clocks_that_jump_do_not_matter() {
        var early = Clock.fixed(java.time.Instant.MIN, java.time.ZoneOffset.UTC);
        try (var store = StateStore.open(directory(), early)) {
            put(store, session("a"));
        }
        try (var store = StateStore.open(directory(), Clock.fixed(java.time.Instant.MAX, java.time.ZoneOffset.UTC))) {
            put(store, session("b"));
            assertThat(store.read().keySet()).containsExactly("a", "b");
        }
    }

    @Test
    void a_sessions_directory_is_below_the_state_and_nowhere_else() {
        StateStore store = open();
        SessionRecord fix = session("fix");
        Path sessions = directory().resolve("sessions");
        assertThat(store.sessionDirectory(fix).path()).isEqualTo(sessions.resolve("fix"));
        assertThat(store.sessionDirectory(fix.withLife("x1")).path()).isEqualTo(sessions.resolve("fix.x1"));
        for (String hostile : List.of("", ".", "..", "../x", "a/b", "A")) {
            assertThatThrownBy(() -> store.sessionDirectory(fix.withLife(hostile)))
                    .extracting("code")
                    .isEqualTo("session.lost");
        }
    }

    @Test
    void a_closed_store_changes_nothing() {
        StateStore store = open();
        store.close();
        store.close();
        assertThatThrownBy(() -> put(store, session("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::presence).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_empty_state_reads_as_no_sessions() {
        StateStore store = open();
        put(store, session("a"));
        store.update(draft -> {
            draft.remove("a");
            return Optional.empty();
        });
        assertThat(store.read()).isEmpty();
        assertThat(open().read()).isEmpty();
        assertThat(open().problem()).isEmpty();
    }

    static java.util.function.Consumer<Throwable> code(String code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
