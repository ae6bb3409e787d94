package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.AuditRecord;
import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Limits;
import io.trails.Mode;
import io.trails.NetworkPolicy;
import io.trails.NoModeException;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.RepairReport;
import io.trails.SecurityPolicy;
import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Settings;
import io.trails.Signal;
import io.trails.Trails;
import io.trails.TrailsBuilder;
import io.trails.TrailsEvent;
import io.trails.internal.engine.BrokenSandbox.At;
import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFailureTest {
    private static final Mode FOLDER =
            Mode.named("folder").workspaces("test.folder").terminals("headless").build();
    private static final Mode BROKEN = Mode.named("broken")
            .workspaces("test.folder")
            .sandboxes("test.broken")
            .terminals("headless")
            .build();

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAN", "CREATE"})
    void a_provider_that_fails_leaves_nothing_behind_and_the_name_free(At at) {
        try (Trails trails = trails().provider(new BrokenSandbox(at)).build()) {
            assertThatThrownBy(() -> trails.open(spec("work", BROKEN))).isInstanceOf(AssertionError.class);

            assertThat(folder.resolve("work")).doesNotExist();
            assertThat(trails.sessions()).isEmpty();
            assertThat(project.resolve(".trails/sessions").toFile().list()).isNullOrEmpty();
            assertThat(trails.open(spec("work", FOLDER)).exec("true").ok()).isTrue();
        }
    }

    @Test
    void a_sandbox_is_told_the_control_group_that_the_host_names() {
        Path group = folder.resolve("group").toAbsolutePath();
        var sandbox = new BrokenSandbox(At.PLAN);
        Settings settings = Settings.builder().cgroupParent(group).build();
        try (Trails trails = trails().settings(settings).provider(sandbox).build()) {
            assertThatThrownBy(() -> trails.open(spec("work", BROKEN))).isInstanceOf(AssertionError.class);
            assertThat(sandbox.planned)
                    .extracting(request -> request.settings().cgroupParent())
                    .containsExactly(Optional.of(group));
        }
    }

    @Test
    void what_cannot_be_undone_is_remembered_and_undone_by_the_next_start() {
        try (Trails trails =
                trails().provider(new BrokenSandbox(At.CREATE, At.REMOVE)).build()) {
            assertThatThrownBy(() -> trails.open(spec("work", BROKEN)))
                    .isInstanceOf(AssertionError.class)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).isNotEmpty());
            assertThat(trails.sessions()).extracting(SessionInfo::state).containsExactly(SessionState.CREATING);
        }
        try (Trails trails = trails().provider(new BrokenSandbox(At.CREATE)).build()) {
            assertThat(trails.sessions()).isEmpty();
            assertThat(folder.resolve("work")).doesNotExist();
        }
    }

    @Test
    void a_repair_that_fails_keeps_the_session_says_why_and_can_be_repeated() {
        try (Trails trails =
                trails().provider(new BrokenSandbox(At.CREATE, At.REMOVE)).build()) {
            assertThatThrownBy(() -> trails.open(spec("work", BROKEN))).isInstanceOf(AssertionError.class);

            RepairReport report = trails.repair();

            assertThat(report.items()).singleElement().satisfies(item -> {
                assertThat(item.session()).isEqualTo("work");
                assertThat(item.action()).isEqualTo(RepairReport.Action.KEPT);
                assertThat(item.reason().message()).contains("broken at");
            });
            assertThat(trails.sessions())
                    .singleElement()
                    .satisfies(info -> assertThat(info.problem()).isPresent());
        }
    }

    @Test
    void a_removal_that_would_lose_work_keeps_the_session_usable_and_can_be_repeated() throws IOException {
        try (Trails trails = trails().build()) {
            Session session = trails.open(spec("work", FOLDER));
            session.exec("touch", "work").orThrow();

            RemovalReport report = session.remove(RemovalPolicy.safe());

            assertThat(report.complete()).isFalse();
            assertThat(report.kept()).extracting(item -> item.reason().code()).containsExactly("test.unsaved");
            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.info().problem()).map(Reason::code).contains("test.unsaved");
            assertThat(session.exec("ls").stdout().text()).isEqualTo("work\n");
        }
        try (Trails trails = trails().build()) {
            Session session = trails.find("work").orElseThrow();
            assertThat(session.exec("ls").stdout().text()).isEqualTo("work\n");
            Files.delete(folder.resolve("work/work"));
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
            assertThat(trails.find("work")).isEmpty();
        }
    }

    @Test
    void a_session_whose_files_are_gone_is_lost_says_so_and_can_be_removed() throws IOException {
        try (Trails trails = trails().build()) {
            trails.open(spec("work", FOLDER));
        }
        Files.delete(folder.resolve("work"));
        try (Trails trails = trails().build()) {
            Session session = trails.find("work").orElseThrow();

            assertThat(session.info().state()).isEqualTo(SessionState.LOST);
            assertThat(session.info().problem())
                    .map(Reason::message)
                    .get()
                    .asString()
                    .contains("gone");
            assertThatThrownBy(() -> session.exec("true")).extracting("code").isEqualTo("session.lost");
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
            assertThat(trails.open(spec("work", FOLDER)).exec("true").ok()).isTrue();
        }
    }

    @Test
    void a_lost_session_whose_files_come_back_is_usable_again() throws IOException {
        try (Trails trails = trails().build()) {
            trails.open(spec("work", FOLDER));
        }
        Files.move(folder.resolve("work"), folder.resolve("elsewhere"));
        try (Trails trails = trails().build()) {
            assertThat(trails.find("work").orElseThrow().info().state()).isEqualTo(SessionState.LOST);
            Files.move(folder.resolve("elsewhere"), folder.resolve("work"));

            Session session = trails.find("work").orElseThrow();

            assertThat(session.exec("true").ok()).isTrue();
            assertThat(session.info().state()).isEqualTo(SessionState.READY);
            assertThat(session.info().problem()).isEmpty();
        }
    }

    @Test
    void a_session_whose_provider_is_missing_is_lost_until_the_provider_is_back() {
        try (Trails trails = trails().build()) {
            trails.open(spec("work", FOLDER));
        }
        try (Trails trails = Trails.create(project)) {
            Session session = trails.find("work").orElseThrow();
            assertThat(session.info().problem()).map(Reason::code).contains("provider.missing");
            assertThatThrownBy(() -> session.exec("true")).extracting("code").isEqualTo("session.lost");
        }
        try (Trails trails = trails().build()) {
            assertThat(trails.find("work").orElseThrow().exec("true").ok()).isTrue();
        }
    }

    @Test
    void an_audit_log_that_must_be_written_and_cannot_be_refuses_sessions() throws IOException {
        Files.createDirectories(project.resolve(".trails/audit.jsonl"));
        SecurityPolicy strict = SecurityPolicy.builder().auditRequired(true).build();
        try (Trails trails = trails().policy(strict).build()) {
            assertThatThrownBy(() -> trails.open(spec("work", FOLDER)))
                    .extracting("code")
                    .isEqualTo("audit.unwritable");
            assertThat(trails.sessions()).isEmpty();
            assertThat(folder.resolve("work")).doesNotExist();
        }
    }

    @Test
    void an_audit_log_that_need_not_be_written_and_cannot_be_is_reported_and_stops_nobody() throws IOException {
        Files.createDirectories(project.resolve(".trails/audit.jsonl"));
        List<TrailsEvent.Type> events = new CopyOnWriteArrayList<>();
        try (Trails trails = trails().build()) {
            trails.onEvent(event -> events.add(event.type()));
            assertThat(trails.open(spec("work", FOLDER)).exec("true").ok()).isTrue();
        }
        assertThat(events).contains(TrailsEvent.Type.AUDIT_FAILED, TrailsEvent.Type.SESSION_OPENED);
    }

    @Test
    void a_damaged_state_is_kept_reported_and_does_not_stop_new_sessions() throws IOException {
        Files.createDirectories(project.resolve(".trails"));
        Files.writeString(project.resolve(".trails/state.json"), "{\"version\":1,\"sessions\":{\"a\":");
        List<TrailsEvent.Type> events = new CopyOnWriteArrayList<>();
        try (Trails trails = trails().build()) {
            trails.onEvent(event -> events.add(event.type()));
            assertThat(trails.open(spec("work", FOLDER)).exec("true").ok()).isTrue();
        }
        assertThat(events).contains(TrailsEvent.Type.STATE_DAMAGED);
        try (var files = Files.list(project.resolve(".trails"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("state.corrupt"));
        }
    }

    @Test
    void a_state_that_is_deleted_while_in_use_is_said_to_be_gone() throws IOException {
        try (Trails trails = trails().build()) {
            Session session = trails.open(spec("work", FOLDER));
            try (Stream<Path> state = Files.walk(project.resolve(".trails"))) {
                for (Path file : state.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }

            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    session::info,
                    () -> session.exec("true"),
                    () -> session.remove(RemovalPolicy.safe()),
                    () -> trails.open(spec("other", FOLDER)))) {
                assertThatThrownBy(use)
                        .hasMessageContaining("is gone")
                        .extracting("code")
                        .isEqualTo("state.missing");
            }
        }
    }

    @Test
    void a_session_whose_state_was_set_aside_names_the_file() throws IOException {
        try (Trails trails = trails().build()) {
            Session session = trails.open(spec("work", FOLDER));
            Files.writeString(project.resolve(".trails/state.json"), "{");

            assertThatThrownBy(session::info).hasMessageContaining("state.corrupt");
        }
    }

    @Test
    void sessions_of_the_first_trails_are_taken_up() throws IOException {
        Files.createDirectories(project.resolve(".trails"));
        Files.writeString(
                project.resolve(".trails/state.json"),
                "{\"sessions\":{\"old\":{\"agent\":\"claude\",\"created_at\":\"2024-05-01T10:00:00Z\",\"mood\":\"fine\"}}}");
        try (Trails trails = trails().build()) {
            assertThat(trails.sessions()).singleElement().satisfies(info -> {
                assertThat(info.name()).isEqualTo("old");
                assertThat(info.mode()).isEqualTo("direct");
                assertThat(info.agent()).contains("claude");
            });
            Session session = trails.find("old").orElseThrow();
            assertThat(session.exec("pwd").stdout().text().strip())
                    .isEqualTo(project.toRealPath().toString());
            assertThat(session.changes().isEmpty()).isTrue();
            assertThat(Files.readString(project.resolve(".trails/state.json"))).contains("\"mood\"");
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
    }

    @Test
    void of_two_hosts_that_plan_a_session_of_the_first_trails_both_keep_to_the_plan_that_was_stored()
            throws IOException {
        Files.createDirectories(project.resolve(".trails"));
        Files.writeString(
                project.resolve(".trails/state.json"),
                "{\"sessions\":{\"old\":{\"created_at\":\"2024-05-01T10:00:00Z\"}}}");
        try (Trails first = planning(() -> {});
                Trails second = planning(() -> assertThat(first.find("old")).isPresent())) {
            String late = second.find("old").orElseThrow().exec("pwd").stdout().text();
            assertThat(late)
                    .isEqualTo(
                            first.find("old").orElseThrow().exec("pwd").stdout().text());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("drawn-"))).hasSize(1);
        }
    }

    /** A host whose workspaces bear names drawn at random, and in which something happens while it plans one. */
    private Trails planning(Runnable meanwhile) {
        var drawing = new FolderWorkspace("in-place") {
            @Override
            public Plan plan(WorkspaceRequest request) {
                meanwhile.run();
                Path drawn = request.project().resolveSibling("drawn-" + UUID.randomUUID());
                return Plan.empty().with("folder", drawn.toString());
            }
        };
        return Trails.builder(project).provider(drawing).build();
    }

    @Test
    void what_cannot_be_enforced_is_refused_with_the_advice_and_audited() {
        SessionSpec spec = SessionSpec.named("work")
                .mode(FOLDER)
                .network(NetworkPolicy.none())
                .build();
        try (Trails trails = trails().build()) {
            assertThatThrownBy(() -> trails.open(spec))
                    .isInstanceOfSatisfying(
                            NoModeException.class,
                            refused -> assertThat(refused.advice().explain())
                                    .contains("NETWORK refused", "use the mode 'container'"));
            assertThat(trails.audit().newest(1)).extracting(AuditRecord::type).containsExactly("mode.refused");
        }
    }

    @Test
    void a_breach_of_a_limit_is_an_event_and_an_audit_record() {
        List<TrailsEvent> events = new CopyOnWriteArrayList<>();
        SessionSpec spec = SessionSpec.named("work")
                .mode(FOLDER)
                .limits(Limits.builder().processes(5).build())
                .build();
        try (Trails trails = trails().build()) {
            trails.onEvent(events::add);
            Session session = trails.open(spec);
            session.exec("sh", "-c", "for i in 1 2 3 4 5 6 7 8; do sleep 60 & done; wait");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(events).extracting(TrailsEvent::type).contains(TrailsEvent.Type.LIMIT_EXCEEDED));
            assertThat(trails.audit().newest(10)).extracting(AuditRecord::type).contains("limit.exceeded");
            assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_command_that_ends_with_its_session_is_cancelled_and_says_why(boolean removing) throws Exception {
        try (Trails trails = trails().build()) {
            Session session = trails.open(spec("work", FOLDER));
            Command command = Command.of("sh", "-c", "touch ../started && exec sleep 60");
            CompletableFuture<ExecResult> executed = CompletableFuture.supplyAsync(() -> session.exec(command));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(folder.resolve("started")));
            try (Execution started = session.start(Command.of("sleep", "60"))) {
                if (removing) {
                    RemovalReport report = session.remove(RemovalPolicy.safe().endingProcesses());
                    assertThat(report.complete()).isTrue();
                    assertThat(report.removed())
                            .extracting(RemovalReport.Item::what)
                            .contains("its running commands");
                } else {
                    session.stop();
                }

                for (CompletableFuture<ExecResult> ended : List.of(executed, started.onExit())) {
                    ExecResult result = ended.get(10, TimeUnit.SECONDS);
                    assertThat(result.status()).isEqualTo(ExecResult.Status.CANCELLED);
                    assertThat(result.reason()).map(Reason::code).contains("exec.stopped");
                }
            }
        }
    }

    @Test
    void commands_that_resist_delay_the_end_of_many_sessions_no_longer_than_of_one() {
        Trails trails = trails().build();
        List<CompletableFuture<ExecResult>> ended = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Session session = trails.open(spec("work" + i, FOLDER));
            String resist = "trap '' TERM; touch ../started" + i + "; while :; do sleep 1; done";
            ended.add(session.start(Command.of("sh", "-c", resist)).onExit());
        }
        for (int i = 0; i < 6; i++) {
            Path started = folder.resolve("started" + i);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(started));
        }

        long start = System.nanoTime();
        trails.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(ended).allSatisfy(end -> assertThat(end.join().status()).isEqualTo(ExecResult.Status.CANCELLED));
    }

    @Test
    void a_handle_to_a_removed_session_runs_nothing() {
        try (Trails trails = trails().build();
                Trails other = trails().build()) {
            Session old = trails.open(spec("work", FOLDER));
            other.find("work").orElseThrow().remove(RemovalPolicy.safe());

            List<ThrowingCallable> uses = List.of(
                    old::info,
                    () -> old.exec("true"),
                    () -> old.start(Command.of("true")),
                    old::terminal,
                    old::changes,
                    old::usage,
                    old::stop);

            assertThat(uses)
                    .allSatisfy(
                            use -> assertThatThrownBy(use).extracting("code").isEqualTo("session.removed"));
        }
    }

    @Test
    void a_handle_to_a_removed_session_ends_no_process_of_a_new_one_of_its_name() {
        try (Trails trails = trails().build();
                Trails other = trails().build()) {
            Session old = trails.open(spec("work", FOLDER));
            other.find("work").orElseThrow().remove(RemovalPolicy.safe());
            Session fresh = other.open(spec("work", FOLDER));
            try (Execution running = fresh.start(Command.of("sleep", "60"))) {
                assertThatThrownBy(old::stop).extracting("code").isEqualTo("session.removed");
                assertThat(running.isAlive()).isTrue();
                running.signal(Signal.TERMINATE);
                // A kill by the session would have come first.
                assertThat(running.onExit().toCompletableFuture().join().exitCode())
                        .isEqualTo(143);
            }
        }
    }

    @Test
    void a_handle_to_a_removed_session_does_nothing_to_a_new_one_of_its_name() {
        try (Trails trails = trails().build();
                Trails other = trails().build()) {
            Session old = trails.open(spec("work", FOLDER));
            other.find("work").orElseThrow().remove(RemovalPolicy.safe());
            Session fresh = other.open(spec("work", FOLDER));
            fresh.exec("touch", "work").orThrow();

            assertThatThrownBy(() -> old.remove(RemovalPolicy.safe().endingProcesses()))
                    .extracting("code")
                    .isEqualTo("session.removed");
            assertThatThrownBy(old::stop).extracting("code").isEqualTo("session.removed");
            assertThatThrownBy(old::terminal).extracting("code").isEqualTo("session.removed");

            assertThat(fresh.info().state()).isEqualTo(SessionState.READY);
            assertThat(folder.resolve("work/work")).exists();
        }
    }

    @Test
    void a_state_of_a_newer_trails_can_be_looked_at_and_not_changed() throws IOException {
        try (Trails trails = trails().build()) {
            trails.open(spec("work", FOLDER));
        }
        Path state = project.resolve(".trails/state.json");
        String newer = Files.readString(state).replaceFirst("\"version\":\\s*1", "\"version\":999");
        Files.writeString(state, newer.replace("READY", "REMOVING"));
        try (Trails trails = trails().build()) {
            assertThat(trails.sessions()).extracting(SessionInfo::name).containsExactly("work");
            assertThatThrownBy(() -> trails.open(spec("other", FOLDER)))
                    .extracting("code")
                    .isEqualTo("state.newer-version");
        }
        assertThat(folder.resolve("work")).exists();
    }

    private TrailsBuilder trails() {
        return Trails.builder(project).provider(new FolderWorkspace());
    }

    private static SessionSpec spec(String name, Mode mode) {
        return SessionSpec.named(name).mode(mode).build();
    }
}
