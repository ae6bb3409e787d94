package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Checkpoint;
import io.trails.DirtyPolicy;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.SetupCommand;
import io.trails.Trails;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the provider of a workspace is told about where the files of a session start from. */
class BeginningTest {
    private static final Mode FOLDER =
            Mode.named("folder").workspaces("test.folder").terminals("headless").build();
    private static final Checkpoint CHECKPOINT = new Checkpoint("c1", "other", "good", Instant.EPOCH);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path project;
    private final List<WorkspaceRequest> plans = new CopyOnWriteArrayList<>();
    private final List<WorkspaceRequest> others = new CopyOnWriteArrayList<>();

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
    }

    private final class Listening extends FolderWorkspace {
        @Override
        public Plan plan(WorkspaceRequest request) {
            plans.add(request);
            return super.plan(request);
        }

        @Override
        public Workspace create(Plan plan, WorkspaceRequest request) {
            others.add(request);
            return super.create(plan, request);
        }

        @Override
        public Workspace open(Plan plan, WorkspaceRequest request) {
            others.add(request);
            return super.open(plan, request);
        }

        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            others.add(request);
            return super.remove(plan, request, policy);
        }
    }

    private Trails trails(Settings settings) {
        return Trails.builder(project)
                .provider(new Listening())
                .settings(settings)
                .environment(Map.of("PATH", System.getenv("PATH"), "ACME", "yes"))
                .clock(NOON)
                .build();
    }

    private static SessionSpec.Builder spec() {
        return SessionSpec.named("work").mode(FOLDER);
    }

    @Test
    void only_the_plan_is_told_what_the_files_start_from() {
        try (Trails trails = trails(Settings.empty())) {
            trails.open(spec().baseRef("main").dirty(DirtyPolicy.MOVE).build());
        }
        try (Trails trails = trails(Settings.empty())) {
            trails.find("work").orElseThrow().remove(RemovalPolicy.safe());
        }
        assertThat(plans).singleElement().satisfies(request -> {
            assertThat(request.baseRef()).contains("main");
            assertThat(request.dirty()).contains(DirtyPolicy.MOVE);
            assertThat(request.forkOf()).isEmpty();
        });
        assertThat(others).hasSizeGreaterThan(2).allSatisfy(request -> {
            assertThat(request.baseRef()).isEmpty();
            assertThat(request.dirty()).isEmpty();
            assertThat(request.forkOf()).isEmpty();
        });
    }

    @Test
    void everybody_is_told_the_surroundings_and_what_is_configured() {
        Settings settings = Settings.builder()
                .worktreeLocation(folder.resolve("trees"))
                .setup(SetupCommand.in("project", "make"))
                .setup(SetupCommand.in("elsewhere", "make"))
                .largeFiles(false)
                .build();
        try (Trails trails = trails(settings)) {
            trails.open(spec().build()).remove(RemovalPolicy.safe());
        }
        others.addAll(plans);
        assertThat(others).hasSizeGreaterThan(2).allSatisfy(request -> {
            assertThat(request.environment()).containsEntry("ACME", "yes");
            assertThat(request.clock()).isEqualTo(NOON);
            assertThat(request.settings().location()).contains(folder.resolve("trees"));
            assertThat(request.settings().setup()).hasSize(1);
            assertThat(request.settings().largeFiles()).isFalse();
        });
    }

    @Test
    void what_is_configured_for_uncommitted_work_holds_where_a_session_starts_from_the_checkout_and_says_nothing() {
        Settings block = Settings.builder().dirty(DirtyPolicy.BLOCK).build();
        SessionSpec[] specs = {
            spec().build(),
            spec().dirty(DirtyPolicy.CARRY).build(),
            spec().baseRef("main").build(),
            spec().forkOf(CHECKPOINT).build()
        };
        try (Trails trails = trails(block)) {
            for (SessionSpec spec : specs) trails.open(spec).remove(RemovalPolicy.safe());
        }
        assertThat(plans)
                .extracting(WorkspaceRequest::dirty)
                .containsExactly(
                        Optional.of(DirtyPolicy.BLOCK),
                        Optional.of(DirtyPolicy.CARRY),
                        Optional.empty(),
                        Optional.empty());
        assertThat(plans.get(3).forkOf()).contains(CHECKPOINT);
    }

    @Test
    void a_session_in_the_project_itself_starts_from_nothing_else() {
        SessionSpec.Builder direct = SessionSpec.named("work").mode(Mode.DIRECT);
        try (Trails trails = trails(Settings.empty())) {
            for (SessionSpec elsewhere : List.of(
                    direct.baseRef("main").build(),
                    SessionSpec.named("work")
                            .mode(Mode.DIRECT)
                            .forkOf(CHECKPOINT)
                            .build())) {
                assertThatThrownBy(() -> trails.open(elsewhere))
                        .hasMessageContaining("worktree")
                        .extracting("code")
                        .isEqualTo("workspace.unsupported");
            }
            assertThat(trails.sessions()).isEmpty();
        }
    }
}
