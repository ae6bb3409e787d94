package io.trails.dagger.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.trails.daggerdouble.EngineDouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a look tells apart, by codes, and what it leaves: nothing. */
@Timeout(180)
class ProbeTest {
    /** Where it does not pass. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Where it is sure to pass. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @AfterEach
    void nothing_is_left() {
        await().atMost(Scene.PATIENCE)
                .until(() -> ProcessHandle.current().descendants().count() == 0 && Scene.threads() == 0);
    }

    private Path script(String name, String body) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** A program of which a probe wants to know no more than its version. */
    private Path dagger(String version) throws IOException {
        return script(
                "dagger",
                "[ \"$1\" = version ] || exit 9\necho \"dagger " + version + " (image://registry.example/engine:"
                        + version + ") linux/amd64\"\n");
    }

    private EngineStanding at(Path cli, String host) {
        return at(cli, host, DEADLINE);
    }

    private EngineStanding at(Path cli, String host, Duration deadline) {
        return Engines.probe(
                environment(),
                new EngineChoice("a", Optional.of(cli), Optional.of(host), Duration.ofMinutes(1)),
                deadline);
    }

    private Map<String, String> environment() {
        return Map.of("PATH", directory + ":/usr/bin:/bin", "HOME", directory.toString());
    }

    private static void unusable(EngineStanding standing, String code) {
        assertThat(standing).isInstanceOfSatisfying(EngineStanding.Unusable.class, not -> {
            assertThat(not.reason().code()).as(not.reason().message()).isEqualTo(code);
            assertThat(not.reason().remedy()).isNotBlank();
        });
    }

    @Test
    void an_engine_that_is_there() throws IOException {
        try (Scene scene = new Scene(directory)) {
            assertThat(Engines.probe(scene.environment(), scene.choice(), DEADLINE))
                    .isEqualTo(new EngineStanding.Usable("v0.21.8", true));
            assertThat(scene.engine().sessions()).isZero();
        }
    }

    @Test
    void a_session_that_is_there() throws IOException {
        try (Scene scene = new Scene(directory);
                GivenDouble given = new GivenDouble(scene)) {
            EngineChoice choice = EngineChoice.standard(Duration.ofMinutes(1));
            assertThat(Engines.probe(given.environment(), choice, DEADLINE))
                    .isEqualTo(new EngineStanding.Usable("v0.21.8", true));
            Map<String, String> environment = new HashMap<>(given.environment());
            environment.put("DAGGER_SESSION_TOKEN", "hunter2");
            unusable(Engines.probe(environment, choice, DEADLINE), "dagger.session-refused");
            environment.put("DAGGER_SESSION_PORT", "0");
            unusable(Engines.probe(environment, choice, DEADLINE), "dagger.session-invalid");
        }
    }

    @Test
    void no_program() {
        EngineChoice choice = EngineChoice.standard(Duration.ofMinutes(1));
        unusable(Engines.probe(environment(), choice, DEADLINE), "dagger.cli-missing");
        unusable(at(directory.resolve("nowhere"), "unix:///s"), "dagger.cli-missing");
    }

    @Test
    void a_program_that_cannot_be_executed() throws IOException {
        unusable(at(Files.writeString(directory.resolve("text"), ""), "unix:///s"), "dagger.cli-not-executable");
        Path strange = Files.writeString(directory.resolve("strange"), "#!/nowhere/sh\n");
        Files.setPosixFilePermissions(strange, PosixFilePermissions.fromString("rwx------"));
        unusable(at(strange, "unix:///s"), "dagger.cli-not-executable");
        unusable(at(script("broken", "echo wrong >&2; exit 127\n"), "unix:///s"), "dagger.cli-failed");
    }

    @Test
    void a_program_that_is_too_old() throws IOException {
        unusable(at(EngineDouble.cli(directory, "v0.18.5"), "unix:///s"), "dagger.version-unsupported");
    }

    @Test
    void a_program_that_hangs_and_what_it_started() throws IOException {
        unusable(at(script("dagger", "sleep 300 & sleep 301\n"), "unix:///s", SHORT), "dagger.engine-hung");
    }

    @Test
    void a_socket_that_is_missing_or_nobody_listens_on() throws IOException {
        unusable(at(dagger("v0.21.8"), "unix://" + directory + "/s"), "dagger.engine-unreachable");
        Path socket = directory.resolve("s");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(socket).exists();
        unusable(at(dagger("v0.21.8"), "unix://" + socket), "dagger.engine-unreachable");
    }

    @Test
    void a_socket_that_others_may_use() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("permissions do not bind the superuser")
                .isNotEqualTo("root");
        Path socket = directory.resolve("s");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));
            unusable(at(dagger("v0.21.8"), "unix://" + socket), "dagger.permission-denied");
        }
    }

    @Test
    void something_else_and_something_silent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            unusable(at(dagger("v0.21.8"), "tcp://127.0.0.1:" + silent.getLocalPort(), SHORT), "dagger.engine-hung");
        }
        unusable(at(dagger("v0.21.8"), "tcp://127.0.0.1:1"), "dagger.engine-unreachable");
        unusable(at(dagger("v0.21.8"), "tcp://nowhere"), "dagger.engine-unreachable");
    }

    /** The image would be fetched for minutes; whether the service answers is told at once. */
    @Test
    void a_container_service() throws IOException {
        Path dagger = dagger("v0.21.8");
        EngineChoice choice = new EngineChoice("a", Optional.of(dagger), Optional.empty(), Duration.ofMinutes(1));
        Map<String, String> environment = Map.of("PATH", directory.toString(), "HOME", directory.toString());
        unusable(Engines.probe(environment, choice, DEADLINE), "dagger.engine-unreachable");

        script("docker", "echo 'no daemon' >&2; exit 1\n");
        EngineStanding down = Engines.probe(environment, choice, DEADLINE);
        unusable(down, "dagger.engine-unreachable");
        assertThat(down.toString()).contains("no daemon");

        script("docker", "[ \"$1\" = version ] && exit 0; exit 1\n");
        assertThat(Engines.probe(environment, choice, DEADLINE)).isEqualTo(new EngineStanding.Usable("v0.21.8", false));
        unusable(
                Engines.probe(
                        environment,
                        new EngineChoice(
                                "a", Optional.of(dagger), Optional.of("container://gone"), Duration.ofMinutes(1)),
                        DEADLINE),
                "dagger.engine-unreachable");
    }

    @Test
    void a_wait_that_is_interrupted_answers_and_keeps_the_interrupt() throws IOException {
        Path hanging = script("dagger", "sleep 300 & sleep 301\n");
        Thread.currentThread().interrupt();
        EngineStanding standing = at(hanging, "unix:///s");
        assertThat(Thread.interrupted()).isTrue();
        unusable(standing, "dagger.engine-hung");
    }
}
