package io.trails.tmux.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.tmux.internal.line.TmuxCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server comes to be, whoever else is there and whatever the surroundings are. */
class ServerStartTest {
    private static final int HOLDERS = 5;
    private static final int LEASES = 6;

    @TempDir
    Path scratch;

    private HostPlace place;

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
    void many_that_come_first_get_one_server() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(HOLDERS * LEASES);
        var begin = new CountDownLatch(1);
        var leases = new ArrayList<Future<TmuxServer>>();
        for (int i = 0; i < HOLDERS; i++) {
            var servers = new TmuxServers(100);
            Sandbox session = place.session();
            for (int j = 0; j < LEASES; j++) {
                leases.add(threads.submit(() -> {
                    begin.await();
                    return servers.lease(session, place.serverId());
                }));
            }
        }
        begin.countDown();
        Set<String> incarnations = new HashSet<>();
        var held = new ArrayList<TmuxServer>();
        for (Future<TmuxServer> lease : leases) held.add(lease.get(60, TimeUnit.SECONDS));
        for (TmuxServer server : held) incarnations.add(server.incarnation());
        for (TmuxServer server : held) server.close();
        threads.shutdown();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(incarnations).hasSize(1);
    }

    @Test
    void the_surroundings_of_the_host_neither_matter_nor_leak() throws Exception {
        Path home = Files.createDirectories(scratch.resolve("home"));
        Path marker = scratch.resolve("read-the-configuration");
        Files.writeString(home.resolve(".tmux.conf"), "run-shell 'touch " + marker + "'\n");
        Files.createDirectories(home.resolve(".config/tmux"));
        Files.writeString(home.resolve(".config/tmux/tmux.conf"), "run-shell 'touch " + marker + "'\n");
        var environment = new HashMap<>(System.getenv());
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
        environment.put("TMUX", "/tmp/no-such-socket,1,0");
        environment.put("TMUX_PANE", "%7");
        environment.put("TMUX_TMPDIR", scratch.toString());
        environment.put("API_TOKEN", "secret");

        try (TmuxServer server = new TmuxServers(100).lease(place.session(environment), place.serverId())) {
            server.change(List.of(TmuxCommand.of("new-session", "-d", "-s", "work", "cat")));
            List<String> global = server.run(List.of(TmuxCommand.of("show-environment", "-g")))
                    .get(0)
                    .lines();
            List<String> own = server.run(List.of(TmuxCommand.of("show-environment", "-t", "=work")))
                    .get(0)
                    .lines();
            String process = server.incarnation().replaceAll("-.*", "");

            assertThat(global)
                    .allMatch(line -> line.matches("(PATH|LANG|LC_ALL|LC_CTYPE|TZ|TERMINFO|PWD|SHLVL|_|OLDPWD)=.*"));
            // The server is of no session, so it speaks as the host does.
            String language = System.getenv("LANG");
            if (language != null) assertThat(global).contains("LANG=" + language);
            assertThat(own).noneMatch(line -> line.contains("secret") || line.contains(home.toString()));
            if (Files.isReadable(Path.of("/proc/" + process + "/environ"))) {
                assertThat(Files.readString(
                                Path.of("/proc/" + process + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("secret", "TRAILS_");
                assertThat(Path.of("/proc/" + process + "/cwd").toRealPath()).isEqualTo(Path.of("/"));
            }
        }
        assertThat(marker).doesNotExist();
        try (var entries = Files.list(scratch)) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsOnly("home", "own", "work");
        }
    }

    @Test
    void the_options_are_those_of_trails() {
        try (TmuxServer server = new TmuxServers(4321).lease(place.session(), place.serverId())) {
            for (String option : List.of(
                    "-s exit-empty off",
                    "-s escape-time 0",
                    "-s set-clipboard off",
                    "-g status off",
                    "-g history-limit 4321",
                    "-g default-shell /bin/sh",
                    "-gw remain-on-exit on",
                    "-gw automatic-rename off",
                    "-gw allow-rename off")) {
                String[] words = option.split(" ", -1);
                assertThat(server.run(List.of(TmuxCommand.of("show-options", words[0] + "v", words[1])))
                                .get(0)
                                .lines())
                        .as(option)
                        .containsExactly(words[2]);
            }
            assertThat(server.run(List.of(TmuxCommand.of("show-options", "-gv", "update-environment")))
                            .get(0)
                            .lines())
                    .allMatch(String::isEmpty);
        }
    }

    @Test
    void a_directory_that_is_a_link_is_refused() throws Exception {
        Files.createDirectories(
                HostPlace.runtimeBase(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(place.directory(), Files.createDirectory(scratch.resolve("elsewhere")));
        assertRefused();
        Files.delete(place.directory());
    }

    @Test
    void a_directory_that_is_open_to_others_is_refused() throws Exception {
        Files.createDirectories(
                HostPlace.runtimeBase(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(place.directory());
        Files.setPosixFilePermissions(place.directory(), PosixFilePermissions.fromString("rwxr-x---"));
        assertRefused();
    }

    @Test
    void a_directory_of_somebody_else_is_refused() throws Exception {
        Files.createDirectories(
                HostPlace.runtimeBase(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(
                place.directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        boolean given = true;
        try {
            Files.setAttribute(place.directory(), "unix:uid", 12345);
        } catch (java.io.IOException e) {
            given = false;
        }
        assumeTrue(given, "only root can give a directory away");
        assertRefused();
    }

    private void assertRefused() {
        var servers = new TmuxServers(100);
        Sandbox session = place.session();
        assertThatThrownBy(() -> servers.lease(session, place.serverId()))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.directory-unsafe"));
        assertThatThrownBy(() -> servers.find(session, place.serverId()))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.directory-unsafe"));
    }
}
