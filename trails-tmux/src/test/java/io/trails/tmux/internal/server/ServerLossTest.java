package io.trails.tmux.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.TrailsException;
import io.trails.tmux.internal.line.LineLostException;
import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of those who hold a server when it, or the way to it, is lost. */
class ServerLossTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final List<TmuxCommand> ASK = List.of(TmuxCommand.of("display-message", "-p", "here"));
    private static final List<TmuxCommand> SESSIONS = List.of(TmuxCommand.of("list-sessions", "-F", "#{session_name}"));

    @TempDir
    Path scratch;

    private HostPlace place;
    private final TmuxServers servers = new TmuxServers(100);

    @BeforeAll
    static void needTmux() {
        HostPlace.needTmux();
    }

    @BeforeEach
    void open() {
        place = new HostPlace(scratch);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    private TmuxServer lease() {
        return servers.lease(place.session(), place.serverId());
    }

    private void signal(String signal, TmuxServer server) {
        String process = server.incarnation().replaceAll("-.*", "");
        assertThat(place.session()
                        .exec(Command.of("kill", "-" + signal, process))
                        .ok())
                .isTrue();
    }

    @Test
    void a_killed_server_is_noticed_and_the_next_lease_starts_a_new_one() {
        try (TmuxServer server = lease()) {
            String before = server.incarnation();
            signal("KILL", server);

            assertThatThrownBy(() -> server.change(List.of(TmuxCommand.of("new-session", "-d", "-s", "x", "cat"))))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.unreachable"));
            assertThatThrownBy(() -> server.run(ASK)).isInstanceOf(LineLostException.class);
            assertThat(new TmuxServers(1).find(place.session(), place.serverId()))
                    .isEmpty();
            try (TmuxServer next = lease()) {
                assertThat(next.incarnation()).isNotEqualTo(before);
                assertThat(next.run(SESSIONS)).containsExactly(new Reply(true, List.of(TmuxServer.KEEPER)));
            }
            // Panes of the new one may have the numbers of those that are lost.
            assertThatThrownBy(() -> server.run(ASK)).isInstanceOf(LineLostException.class);
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void a_server_killed_amid_commands_is_noticed_by_all_who_wait() throws Exception {
        try (TmuxServer server = lease()) {
            var stop = new AtomicBoolean();
            CompletableFuture<Throwable> reader = failure(stop, () -> server.run(ASK));
            CompletableFuture<Throwable> writer =
                    failure(stop, () -> server.change(List.of(TmuxCommand.of("set-buffer", "-b", "b", "x"))));
            await().atMost(SOON).until(() -> server.run(ASK).get(0).ok());
            signal("KILL", server);

            assertThat(reader.get(15, TimeUnit.SECONDS)).isInstanceOf(LineLostException.class);
            assertThat(writer.get(15, TimeUnit.SECONDS)).isInstanceOf(LineLostException.class);
            stop.set(true);
        }
    }

    private static CompletableFuture<Throwable> failure(AtomicBoolean stop, Runnable again) {
        var failed = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> {
            try {
                while (!stop.get()) again.run();
            } catch (RuntimeException e) {
                failed.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return failed;
    }

    @Test
    void a_server_that_hangs_is_reported_in_time() {
        try (TmuxServer server = lease()) {
            signal("STOP", server);
            try {
                assertThatThrownBy(() -> server.run(ASK))
                        .isInstanceOfSatisfying(
                                TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.unreachable"));
            } finally {
                signal("CONT", server);
            }
            assertThat(server.run(ASK)).containsExactly(new Reply(true, List.of("here")));
        }
    }

    @Test
    void a_client_that_was_sent_away_is_replaced() throws Exception {
        try (TmuxServer server = lease()) {
            place.tmux("detach-client", "-a", "-s", TmuxServer.KEEPER);
            place.tmux("detach-client", "-s", TmuxServer.KEEPER);

            // The client on its way out may still answer, and is not in the list then.
            var clients = List.of(TmuxCommand.of("list-clients", "-F", "#{client_control_mode}"));
            await().atMost(SOON)
                    .ignoreException(LineLostException.class)
                    .untilAsserted(
                            () -> assertThat(server.run(clients)).containsExactly(new Reply(true, List.of("1"))));
            assertThat(server.run(ASK)).containsExactly(new Reply(true, List.of("here")));
        }
    }

    @Test
    void a_keeper_that_a_person_killed_comes_back_and_the_sessions_stay() throws Exception {
        try (TmuxServer server = lease()) {
            server.change(List.of(TmuxCommand.of("new-session", "-d", "-s", "work", "cat")));
            String before = server.incarnation();
            place.tmux("kill-session", "-t", TmuxServer.KEEPER);

            await().atMost(SOON)
                    .ignoreException(LineLostException.class)
                    .until(() -> server.run(SESSIONS).get(0).lines().containsAll(List.of("work", TmuxServer.KEEPER)));
            assertThat(server.incarnation()).isEqualTo(before);
        }
    }

    @Test
    void a_socket_that_was_deleted_comes_back() throws Exception {
        try (TmuxServer server = lease()) {
            server.change(List.of(TmuxCommand.of("new-session", "-d", "-s", "work", "cat")));
            Files.delete(Path.of(server.socket()));

            try (TmuxServer other =
                    new TmuxServers(1).find(place.session(), place.serverId()).orElseThrow()) {
                assertThat(other.incarnation()).isEqualTo(server.incarnation());
                assertThat(other.run(SESSIONS).get(0).lines()).contains("work");
            }
        }
    }

    @Test
    void the_directory_of_a_server_that_died_is_cleared() throws Exception {
        try (TmuxServer server = lease()) {
            signal("KILL", server);
            await().atMost(SOON).until(() -> server.endIfUnused());
        }
        assertThat(place.directory()).doesNotExist();
    }

    @Test
    void a_server_that_others_hold_is_not_ended() throws Exception {
        try (TmuxServer server = lease();
                TmuxServer other = new TmuxServers(1).lease(place.session(), place.serverId())) {
            assertThat(server.endIfUnused()).isFalse();
            assertThat(other.run(ASK)).containsExactly(new Reply(true, List.of("here")));
        }
    }

    @Test
    void ending_and_leasing_in_turn_always_gives_a_server() {
        for (int i = 0; i < 15; i++) {
            try (TmuxServer server = lease()) {
                assertThat(server.run(ASK)).containsExactly(new Reply(true, List.of("here")));
                assertThat(server.endIfUnused()).isTrue();
            }
        }
    }

    @Test
    void some_may_end_it_while_others_lease_it() throws Exception {
        var loops = new CompletableFuture<?>[4];
        for (int i = 0; i < loops.length; i++) {
            var holder = new TmuxServers(100);
            var session = place.session();
            loops[i] = CompletableFuture.runAsync(() -> {
                for (int j = 0; j < 8; j++) {
                    try (TmuxServer server = holder.lease(session, place.serverId())) {
                        assertThat(server.run(ASK)).containsExactly(new Reply(true, List.of("here")));
                        server.endIfUnused();
                    }
                }
            });
        }
        CompletableFuture.allOf(loops).get(60, TimeUnit.SECONDS);
    }

    @RepeatedTest(5)
    void connecting_while_another_holder_creates_sessions_leaves_the_server_alive() throws Exception {
        var others = new TmuxServers(100);
        try (TmuxServer busy = others.lease(place.session(), place.serverId())) {
            String before = busy.incarnation();
            var creating = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 60; i++) {
                    busy.change(List.of(TmuxCommand.of(
                            "new-session", "-d", "-s", "n" + i, "-x", "80", "-y", "24", "-c", "/", "cat")));
                }
            });
            var session = place.session();
            int connects = 0;
            while (!creating.isDone() || connects < 5) {
                try (TmuxServer server = new TmuxServers(1).lease(session, place.serverId())) {
                    assertThat(server.incarnation()).isEqualTo(before);
                }
                connects++;
            }
            creating.get(30, TimeUnit.SECONDS);
            assertThat(busy.run(SESSIONS).get(0).lines()).hasSize(61);
            assertThat(busy.incarnation()).isEqualTo(before);
        }
    }
}
