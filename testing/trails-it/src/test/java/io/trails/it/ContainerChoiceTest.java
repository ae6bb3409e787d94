package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.ContainerEngine;
import io.trails.ContainerRecipe;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.Mode;
import io.trails.ModeAdvice;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Trails;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whether a session gets a container, which, and what it is told where it gets none. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerChoiceTest extends ContainerBench {
    private void fallsBack(Path cli, String runnerHost, String... words) {
        Map<String, String> environment = ContainerProject.with(project.environment(), cli, runnerHost);
        try (Trails trails =
                Trails.builder(project.directory()).environment(environment).build()) {
            trails.onEvent(events::add);
            ModeAdvice advice = trails.advise(ContainerProject.clean("work"));
            assertThat(advice.best().orElseThrow().mode().name()).isEqualTo("worktree");
            assertThat(advice.explain()).contains(words);
            Session session = trails.open(ContainerProject.clean("work"));
            assertThat(session.info().mode()).isEqualTo("worktree");
            assertThat(sh(session, "cat README.md")).isEqualTo("precious\n");
            await().atMost(ContainerBench.LIMIT)
                    .untilAsserted(() ->
                            assertThat(events).extracting(TrailsEvent::type).contains(TrailsEvent.Type.MODE_FALLBACK));
            assertThat(trails.audit().newest(50))
                    .anySatisfy(record -> assertThat(record.details().toString() + record.type())
                            .contains("fallback"));
        }
    }

    @Test
    void without_the_program_a_session_gets_a_worktree_and_a_reason() {
        fallsBack(folder.resolve("no-such-dagger"), engine.runnerHost(), "no-such-dagger");
    }

    @Test
    void without_a_running_engine_a_session_gets_a_worktree_and_a_reason() throws IOException {
        // Nobody listens on a port that is only held.
        try (SocketChannel port = SocketChannel.open()) {
            port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String nowhere = "127.0.0.1:" + port.socket().getLocalPort();
            fallsBack(engine.cli(folder.resolve("cli")), "tcp://" + nowhere, nowhere);
        }
    }

    /** The test's own time limit is well below that of a start that is waited for. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void with_a_program_that_hangs_a_session_gets_a_worktree_and_a_reason() throws IOException {
        Path hung = Files.writeString(folder.resolve("dagger"), "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(hung, PosixFilePermissions.fromString("rwxr-xr-x"));
        fallsBack(hung, engine.runnerHost(), "container");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void with_an_engine_that_hangs_a_session_gets_a_worktree_and_a_reason() throws IOException {
        engine.faults().hangAtStart();
        fallsBack(engine.cli(folder.resolve("cli")), engine.runnerHost(), "container");
    }

    @Test
    void with_a_program_that_is_too_old_a_session_gets_a_worktree_and_a_reason() throws IOException {
        fallsBack(EngineDouble.cli(folder.resolve("old"), "v0.18.5"), engine.runnerHost(), "0.18.5");
    }

    private Trails with(Settings settings) {
        Trails trails = Trails.builder(project.directory())
                .environment(project.environment())
                .settings(settings)
                .build();
        trails.onEvent(events::add);
        return trails;
    }

    @Test
    void a_session_without_network_is_refused_unless_an_engine_is_declared_for_it() throws IOException {
        SessionSpec spec = ContainerProject.spec("work")
                .network(NetworkPolicy.none())
                .requires(Isolation.SYSTEM)
                .build();
        try (Trails trails = trails()) {
            assertThat(trails.advise(spec).best()).isEmpty();
            assertThat(trails.advise(spec).explain()).contains("network");
            assertThatThrownBy(() -> trails.open(spec)).isInstanceOf(TrailsException.class);
            assertThat(trails.sessions()).isEmpty();
        }
        try (EngineDouble offline = EngineDouble.start(Release.V0_21_8, folder.resolve("offline"))) {
            offline.withoutUplink();
            var declared = new ContainerEngine(
                    "offline",
                    Optional.empty(),
                    Optional.of(offline.runnerHost()),
                    NetworkPolicy.none(),
                    Limits.none());
            long others = engine.traffic().executions();
            try (Trails trails = with(Settings.builder().engine(declared).build())) {
                assertThat(trails.advise(spec).explain()).contains("offline");
                Session session = trails.open(spec);
                assertThat(session.info().mode()).isEqualTo("container");
                assertThat(sh(session, "cat /proc/net/dev | grep -c eth0 || true"))
                        .isEqualTo("0\n");
                assertThat(offline.traffic().executions()).isPositive();
                session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
            }
            assertThat(engine.traffic().executions()).isEqualTo(others);
        }
    }

    @Test
    void a_session_whose_engine_is_not_declared_any_more_is_found_keeps_its_work_and_can_be_removed() {
        var declared = new ContainerEngine(
                "offline", Optional.empty(), Optional.of(engine.runnerHost()), NetworkPolicy.none(), Limits.none());
        SessionSpec spec =
                ContainerProject.spec("work").network(NetworkPolicy.none()).build();
        try (Trails trails = with(Settings.builder().engine(declared).build())) {
            sh(trails.open(spec), "echo done > work.txt");
        }
        try (Trails trails = with(Settings.builder().build())) {
            Session session = trails.find("work").orElseThrow();
            assertThat(changed(session)).containsExactly("work.txt");
            assertThatThrownBy(() -> sh(session, "true"))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("dagger.engine-undeclared"));
            assertThat(session.remove(RemovalPolicy.safe().rescuing()).kept()).isEmpty();
            assertThat(trails.sessions()).isEmpty();
        }
    }

    @Test
    void limits_are_kept_in_the_container_or_refused_with_a_reason() {
        SessionSpec kept = ContainerProject.spec("kept")
                .limits(Limits.builder()
                        .openFiles(50)
                        .wallClock(Duration.ofMinutes(5))
                        .build())
                .build();
        SessionSpec refused = ContainerProject.spec("refused")
                .limits(Limits.builder().memory(1 << 30).build())
                .requires(Isolation.SYSTEM)
                .build();
        try (Trails trails = trails()) {
            assertThat(trails.advise(kept).explain()).contains("OPEN_FILES", "WALL_CLOCK");
            assertThat(sh(trails.open(kept), "ulimit -n")).isEqualTo("50\n");
            assertThat(trails.advise(refused).best()).isEmpty();
            assertThat(trails.advise(refused).explain()).contains("MEMORY");
            assertThatThrownBy(() -> trails.open(refused)).isInstanceOf(TrailsException.class);
        }
    }

    @Test
    void a_repositorys_recipe_is_followed_once_it_is_approved() throws IOException {
        engine.image("own:1", Image.base().file("/etc/own", "the repository's\n"));
        ContainerRecipe recipe = ContainerRecipe.builder().image("own:1").build();
        Files.createDirectories(project.directory().resolve(".trails"));
        Files.writeString(
                project.directory().resolve(".trails/settings.json"), "{\"container\": {\"image\": \"own:1\"}}");
        // The user's own recipe is what they get meanwhile.
        String own = "\"container\": {\"image\": \"debian:12\"}";
        Path users = Path.of(project.environment().get("HOME"), ".config/trails/settings.json");
        Files.createDirectories(users.getParent());
        Files.writeString(users, "{" + own + "}");
        SessionSpec spec = SessionSpec.named("before").mode(Mode.CONTAINER).build();
        try (Trails trails = trails()) {
            assertThat(sh(trails.open(spec), "cat /etc/own 2>/dev/null || echo none"))
                    .isEqualTo("none\n");
            assertThat(trails.advise(spec).explain() + events).contains(recipe.hash());
        }
        Files.writeString(users, "{" + own + ", \"approved_recipes\": [\"" + recipe.hash() + "\"]}");
        try (Trails trails = trails()) {
            SessionSpec after = SessionSpec.named("after").mode(Mode.CONTAINER).build();
            assertThat(sh(trails.open(after), "cat /etc/own")).isEqualTo("the repository's\n");
        }
    }
}
