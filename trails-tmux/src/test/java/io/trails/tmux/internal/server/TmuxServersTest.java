package io.trails.tmux.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.tmux.internal.line.Reply;
import io.trails.tmux.internal.line.TmuxCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmuxServersTest {
    @TempDir
    Path scratch;

    private HostPlace place;
    private final TmuxServers servers = new TmuxServers(1000);

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

    @Test
    void a_lease_starts_a_server_with_its_keeper() throws Exception {
        try (TmuxServer server = servers.lease(place.session(), place.serverId())) {
            List<Reply> replies = server.run(List.of(
                    TmuxCommand.of("list-sessions", "-F", "#{session_name}"),
                    TmuxCommand.of("show-options", "-gv", "history-limit")));

            assertThat(replies)
                    .containsExactly(new Reply(true, List.of(TmuxServer.KEEPER)), new Reply(true, List.of("1000")));
            assertThat(server.directory()).isEqualTo(place.directory().toString());
            assertThat(server.version().isAtLeast(3, 0)).isTrue();
        }
    }

    @Test
    void nothing_is_found_where_no_server_runs() throws Exception {
        assertThat(servers.find(place.session(), place.serverId())).isEmpty();
        assertThat(place.directory()).doesNotExist();
    }

    @Test
    void a_running_server_is_found() throws Exception {
        try (TmuxServer server = servers.lease(place.session(), place.serverId());
                TmuxServer found = new TmuxServers(1)
                        .find(place.session(), place.serverId())
                        .orElseThrow()) {
            assertThat(found.incarnation()).isEqualTo(server.incarnation());
        }
    }

    @Test
    void an_unused_server_is_ended_with_its_directory() throws Exception {
        try (TmuxServer server = servers.lease(place.session(), place.serverId())) {
            server.change(List.of(TmuxCommand.of("new-session", "-d", "-s", "work", "cat")));
            assertThat(server.endIfUnused()).isFalse();
            server.change(List.of(TmuxCommand.of("kill-session", "-t", "=work")));
            assertThat(server.endIfUnused()).isTrue();
        }
        assertThat(Files.exists(place.directory())).isFalse();
    }
}
