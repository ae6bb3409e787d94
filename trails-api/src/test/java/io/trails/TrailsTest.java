package io.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("README.md"), "hello\n");
    }

    @Test
    void a_direct_session_runs_commands_and_shows_what_they_changed() {
        try (Trails trails = trails()) {
            Session session = trails.open(direct("work").build());

            ExecResult result =
                    session.exec("sh", "-c", "echo from the agent > new.txt; echo more >> README.md; cat README.md");

            assertThat(result.orThrow().stdout().text()).isEqualTo("hello\nmore\n");
            assertThat(session.changes().files())
                    .containsExactly(
                            Change.of("README.md", Change.Kind.MODIFIED), Change.of("new.txt", Change.Kind.ADDED));
            assertThat(session.info())
                    .returns("direct", SessionInfo::mode)
                    .returns(SessionState.READY, SessionInfo::state)
                    .returns(
                            Optional.of(project.toAbsolutePath()),
                            info -> info.directory().map(TrailsTest::real));
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
            assertThat(project.resolve("new.txt")).hasContent("from the agent");
            assertThat(trails.sessions()).isEmpty();
        }
    }

    @Test
    void a_session_is_found_again_by_another_instance_with_its_starting_point() throws IOException {
        try (Trails trails = trails()) {
            trails.open(direct("work").build()).exec("touch", "new.txt").orThrow();
        }
        try (Trails trails = trails()) {
            assertThat(trails.sessions()).extracting(SessionInfo::name).containsExactly("work");
            Session session = trails.find("work").orElseThrow();
            assertThat(session.changes().files()).containsExactly(Change.of("new.txt", Change.Kind.ADDED));
            assertThat(trails.find("work")).containsSame(session);
            assertThat(trails.find("other")).isEmpty();
        }
    }

    @Test
    void a_state_directory_inside_the_project_is_no_change_of_a_session() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), project);
        Path state = link.resolve("tools/../tools/state");
        Files.createDirectory(project.resolve("tools"));
        try (Trails trails = Trails.builder(project).stateDirectory(state).build()) {
            Session session = trails.open(direct("work").build());
            session.exec("touch", "new.txt").orThrow();
            trails.open(direct("other").build()).terminal();
            assertThat(session.changes().files()).containsExactly(Change.of("new.txt", Change.Kind.ADDED));
        }
        try (Trails trails = Trails.builder(project).stateDirectory(state).build()) {
            Files.writeString(state.resolve("settings.json"), "{}");
            assertThat(trails.find("work").orElseThrow().changes().files())
                    .containsExactly(
                            Change.of("new.txt", Change.Kind.ADDED),
                            Change.of("tools/state/settings.json", Change.Kind.ADDED));
            trails.find("other").orElseThrow().remove(RemovalPolicy.safe().endingProcesses());
        }
    }

    @Test
    void the_project_itself_is_no_state_directory() {
        TrailsBuilder builder = Trails.builder(project);
        assertThatThrownBy(() -> builder.stateDirectory(project.resolve("src/..")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_taken_name_is_refused_and_free_again_after_the_removal() {
        try (Trails trails = trails();
                Trails other = trails()) {
            Session session = trails.open(direct("work").build());

            assertThatThrownBy(() -> other.open(direct("work").build())).isInstanceOf(SessionExistsException.class);

            session.remove(RemovalPolicy.safe());
            assertThatThrownBy(() -> session.exec("true"))
                    .isInstanceOf(TrailsException.class)
                    .extracting(thrown -> ((TrailsException) thrown).code())
                    .isEqualTo("session.removed");
            assertThat(other.open(direct("work").build()).exec("true").ok()).isTrue();
        }
    }

    @Test
    void of_many_parallel_opens_of_one_name_one_wins_and_of_different_names_all_do() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (Trails trails = trails();
                Trails other = trails()) {
            Stream<Callable<Boolean>> same = Stream.generate(() -> (Callable<Boolean>) () -> opened(trails, "same"))
                    .limit(20);
            Stream<Callable<Boolean>> different = Stream.iterate(0, i -> i + 1)
                    .limit(100)
                    .map(i -> () -> opened(i % 2 == 0 ? trails : other, "own-" + i));
            List<Future<Boolean>> results =
                    threads.invokeAll(Stream.concat(same, different).toList());

            long won = 0;
            for (Future<Boolean> result : results) if (result.get()) won++;

            assertThat(won).isEqualTo(101);
            assertThat(trails.sessions()).hasSize(101).allMatch(info -> info.state() == SessionState.READY);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean opened(Trails trails, String name) {
        try {
            trails.open(direct(name).build());
            return true;
        } catch (SessionExistsException lost) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc",
                "a/b",
                "a\\b",
                "修复登录",
                "Fix Login!",
                "CON",
                ".",
                "..",
                "-rf",
                "a b\"'$(x)`",
                "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé"
            })
    void a_hostile_name_never_leaves_the_projects_directory(String name) throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(direct(name).build());

            assertThat(session.info().id()).matches("[a-z0-9][a-z0-9-]{0,63}");
            assertThat(trails.find(name)).isPresent();
            try (Stream<Path> around = Files.list(folder)) {
                assertThat(around).containsExactly(project);
            }
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "nul\0", "\u001b[31m", "\ud800"})
    void a_name_that_is_none_is_refused_by_code(String name) {
        try (Trails trails = trails()) {
            assertThatThrownBy(() -> trails.open(direct(name).build()))
                    .isInstanceOf(TrailsException.class)
                    .extracting(thrown -> ((TrailsException) thrown).code())
                    .isEqualTo("session.name-invalid");
        }
    }

    @Test
    void values_of_the_environment_reach_the_commands_and_are_stored_nowhere() throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(direct("work")
                    .environment(Map.of("API_TOKEN", "s3cr3t-value-123"))
                    .build());
            assertThat(session.exec("sh", "-c", "echo $API_TOKEN").stdout().text())
                    .isEqualTo("s3cr3t-value-123\n");
        }
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("s3cr3t");
            }
        }
        try (Trails trails = trails()) {
            assertThat(trails.find("work").orElseThrow().info().missingEnvironment())
                    .containsExactly("API_TOKEN");
        }
        Map<String, String> host = new HashMap<>(System.getenv());
        host.put("API_TOKEN", "another-value");
        try (Trails trails = Trails.builder(project).environment(host).build()) {
            Session session = trails.find("work").orElseThrow();
            assertThat(session.info().missingEnvironment()).isEmpty();
            assertThat(session.exec("sh", "-c", "echo $API_TOKEN").stdout().text())
                    .isEqualTo("another-value\n");
        }
    }

    @Test
    void an_agent_is_driven_stopped_and_resumed() {
        AgentProfile demo = AgentProfile.named(
                        "demo", "sh", "-c", "echo \"args: $*\"; while read line; do echo \"did $line\"; done", "demo")
                .resumeArguments("--continue")
                .prompt("^did ")
                .quiet(Duration.ofMillis(100))
                .build();
        try (Trails trails = trails()) {
            Session session = trails.open(direct("work").agent(demo).build());
            Agent agent = session.agent();
            agent.submit("one thing");
            agent.terminal().await(screen -> screen.contains("did one thing"), SOON);
            agent.await(activity -> activity.state() == Activity.State.IDLE, SOON);
            assertThat(session.usage().processes()).isPositive();

            session.stop();

            assertThat(session.info().state()).isEqualTo(SessionState.STOPPED);
            assertThat(session.usage().processes()).isZero();
            session.terminal();
            assertThat(session.info().state()).isEqualTo(SessionState.STOPPED);
            Agent again = session.agent();
            again.terminal().await(screen -> screen.contains("args: --continue"), SOON);
            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isFalse();
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
        }
    }

    @Test
    void a_terminal_keeps_its_shell_between_instances_and_starts_a_new_one_after_its_end() {
        try (Trails trails = trails()) {
            Terminal terminal = trails.open(direct("work").build()).terminal();
            assertThat(terminal.run("cd / && X=kept", SOON).ok()).isTrue();
        }
        try (Trails trails = trails()) {
            Session session = trails.find("work").orElseThrow();
            Terminal terminal = session.terminal();
            assertThat(terminal.run("echo $PWD $X", SOON).stdout().text()).contains("/ kept");
            terminal.type("exit 3\n");
            await().atMost(SOON).until(() -> terminal.exitCode().isPresent());
            assertThat(terminal.exitCode()).hasValue(3);
            assertThat(session.terminal().run("echo [$X]", SOON).stdout().text())
                    .contains("[]");
            session.remove(RemovalPolicy.safe().endingProcesses());
        }
    }

    @Test
    void what_happens_is_told_to_listeners_and_written_to_the_audit_log() {
        List<TrailsEvent.Type> seen = new CopyOnWriteArrayList<>();
        try (Trails trails = trails()) {
            trails.onEvent(event -> seen.add(event.type()));
            Session session = trails.open(direct("work").build());
            session.stop();
            session.remove(RemovalPolicy.safe());

            assertThat(trails.audit().newest(10))
                    .extracting(AuditRecord::type)
                    .containsExactly("mode.selected", "session.opened", "session.stopped", "session.removed");
            assertThat(trails.audit().verify().intact()).isTrue();
            await().atMost(SOON).until(() -> seen.contains(TrailsEvent.Type.SESSION_REMOVED));
        }
        assertThat(seen)
                .containsExactly(
                        TrailsEvent.Type.SESSION_OPENED,
                        TrailsEvent.Type.SESSION_STOPPED,
                        TrailsEvent.Type.SESSION_REMOVED);
    }

    @Test
    void a_closed_instance_refuses_and_closing_again_does_nothing() {
        Trails trails = trails();
        Session session = trails.open(direct("work").build());
        trails.close();
        trails.close();

        assertThatThrownBy(() -> session.exec("true")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(trails::sessions).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_terminal_and_an_agent_of_a_closed_instance_refuse_although_their_programs_run_on() {
        Trails trails = trails();
        Session session = trails.open(
                direct("work").agent(AgentProfile.named("cat", "cat").build()).build());
        Terminal terminal = session.terminal();
        Agent agent = session.agent();
        Terminal own = agent.terminal();
        assertThat(session.terminal()).isEqualTo(terminal);
        trails.close();

        assertThatThrownBy(() -> terminal.type("echo no\n")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> terminal.run("true", Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(own::screen).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> agent.submit("no")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(agent::activity).isInstanceOf(IllegalStateException.class);
        try (Trails next = trails()) {
            assertThat(next.find("work")
                            .orElseThrow()
                            .remove(RemovalPolicy.safe().endingProcesses())
                            .complete())
                    .isTrue();
        }
    }

    @Test
    void no_thread_is_left_after_close() {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (Trails trails = trails()) {
            trails.onEvent(event -> {});
            trails.open(direct("work")
                            .limits(Limits.builder().memory(1L << 30).build())
                            .build())
                    .exec("true")
                    .orThrow();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !others.contains(thread))
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("trails-"))
                                .collect(Collectors.toList()))
                        .isEmpty());
    }

    @Test
    void a_project_that_cannot_be_used_is_refused_by_code() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Trails.create(folder.resolve("missing")))
                .extracting("code")
                .isEqualTo("project.missing");
        assertThatThrownBy(() -> Trails.create(file)).extracting("code").isEqualTo("project.not-a-directory");
    }

    @Test
    void an_untrusted_agent_gets_no_direct_mode_by_itself() {
        try (Trails trails = Trails.builder(project).settings(Settings.empty()).build()) {
            SessionSpec spec = SessionSpec.named("work").agent("demo", "true").build();

            assertThatThrownBy(() -> trails.open(spec)).isInstanceOfSatisfying(NoModeException.class, refused -> {
                assertThat(refused.advice().best()).isEmpty();
                assertThat(refused.getMessage()).contains("trusted");
            });
            assertThat(trails.sessions()).isEmpty();
        }
    }

    private Trails trails() {
        return Trails.create(project);
    }

    private static SessionSpec.Builder direct(String name) {
        return SessionSpec.named(name).mode(Mode.DIRECT);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
