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
import io.trails.Trails;
import io.trails.TrailsBuilder;
import io.trails.TrailsEvent;
import io.trails.internal.engine.BrokenSandbox.At;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFailureTest {
    private static final Duration SOON = Duration.ofSeconds(30);

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

    /** As a workspace does that holds the only copy of what was moved into it. */
    @Test
    void work_that_a_failed_open_cannot_undo_without_losing_it_is_reported_and_adopted() throws IOException {
        var holding = new FolderWorkspace() {
            @Override
            public Workspace create(Plan plan, WorkspaceRequest request) {
                Workspace created = super.create(plan, request);
                try {
                    Files.writeString(folder.resolve("work/work"), "moved");
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
                return created;
            }
        };
        TrailsBuilder builder = Trails.builder(project).provider(holding);
        try (Trails trails = builder.provider(new BrokenSandbox(At.CREATE)).build()) {
            assertThatThrownBy(() -> trails.open(spec("work", BROKEN)))
                    .isInstanceOf(AssertionError.class)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed())
                            .extracting("code")
                            .contains("session.not-undone"));
            assertThat(trails.sessions()).extracting(SessionInfo::state).containsExactly(SessionState.CREATING);
            assertThat(folder.resolve("work/work")).hasContent("moved");
            assertThat(trails.repair().items())
                    .extracting(RepairReport.Item::action)
                    .containsExactly(RepairReport.Action.KEPT);
            assertThat(folder.resolve("work/work")).hasContent("moved");
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
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> events.containsAll(
                            List.of(TrailsEvent.Type.AUDIT_FAILED, TrailsEvent.Type.SESSION_OPENED)));
        }
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
                    .atMost(SOON)
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
            Awaitility.await().atMost(SOON).until(() -> Files.exists(folder.resolve("started")));
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
                    ExecResult result = ended.get(SOON.toSeconds(), TimeUnit.SECONDS);
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
        int many = 12;
        for (int i = 0; i < many; i++) {
            Session session = trails.open(spec("work" + i, FOLDER));
            // Asked to end, it looks whether another one is asked while it resists.
            String resist = """
                    trap ': > ../asked%d; set -- ../asked*; asked=$#' TERM
                    : > ../started%d
                    while :; do
                      sleep 0.05
                      set -- ../asked*
                      [ -z "$asked" ] || [ $# = "$asked" ] || : > ../together
                    done
                    """.formatted(i, i);
            ended.add(session.start(Command.of("sh", "-c", resist)).onExit());
        }
        for (int i = 0; i < many; i++) {
            Path started = folder.resolve("started" + i);
            Awaitility.await().atMost(SOON).until(() -> Files.exists(started));
        }

        trails.close();
        assertThat(folder.resolve("together")).exists();
        assertThat(ended).allSatisfy(end -> assertThat(end.join().status()).isEqualTo(ExecResult.Status.CANCELLED));
    }

    private TrailsBuilder trails() {
        return Trails.builder(project).provider(new FolderWorkspace());
    }

    private static SessionSpec spec(String name, Mode mode) {
        return SessionSpec.named(name).mode(mode).build();
    }
}
