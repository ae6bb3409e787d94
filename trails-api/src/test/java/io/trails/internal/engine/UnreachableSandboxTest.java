package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.ExecResult;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a session while the engine its programs run on is not started. */
class UnreachableSandboxTest {
    private static final MergeRequest PLAIN = MergeRequest.builder().build();
    private static final MergeResult MERGED = new MergeResult.Merged("main", "c0ffee", "facade", List.of());

    @TempDir
    Path folder;

    private final CopyingSandbox sandbox = new CopyingSandbox();
    private final List<TrailsEvent> events = new CopyOnWriteArrayList<>();
    private final List<Trails> opened = new ArrayList<>();

    @BeforeEach
    void project() throws IOException {
        Files.createDirectory(folder.resolve("project"));
    }

    @AfterEach
    void close() {
        for (Trails trails : opened) trails.close();
    }

    private Trails trails() {
        Trails trails = Trails.builder(folder.resolve("project"))
                .provider(new MergingWorkspace(request -> MERGED))
                .provider(sandbox)
                .build();
        opened.add(trails);
        trails.onEvent(events::add);
        return trails;
    }

    private static Session open(Trails trails, String workspace) {
        Mode mode = Mode.named("copied")
                .workspaces(workspace)
                .sandboxes("test.copying")
                .build();
        return trails.open(SessionSpec.named("work").mode(mode).build());
    }

    private static void assertDown(Runnable use) {
        assertThatThrownBy(use::run)
                .isInstanceOf(TrailsException.class)
                .extracting("code")
                .isEqualTo("test.down");
    }

    private Session foundWhileDown(String workspace) {
        Trails trails = trails();
        open(trails, workspace);
        trails.close();
        sandbox.down.set(true);
        return trails().find("work").orElseThrow();
    }

    @Test
    void the_session_is_found_and_is_not_lost() {
        Session session = foundWhileDown("test.folder");
        assertThat(session.info().state()).isEqualTo(SessionState.READY);
        assertThat(session.info().problem()).isEmpty();
        assertDown(() -> session.exec("true"));
        assertDown(session::usage);
        assertDown(session::bringBack);
        Awaitility.await()
                .untilAsserted(() -> assertThat(events)
                        .filteredOn(event -> event.type() == TrailsEvent.Type.SANDBOX_UNREACHABLE)
                        .singleElement()
                        .satisfies(event -> assertThat(event.reason().code()).isEqualTo("test.down")));
        assertThat(opened.get(1).audit().newest(3))
                .extracting(record -> record.type())
                .contains("sandbox.unreachable");
    }

    @Test
    void files_that_came_back_can_be_looked_at_kept_and_merged() {
        Session session = foundWhileDown("test.folder");
        Changes changes = session.changes();
        assertThat(changes.caveats()).singleElement().satisfies(caveat -> {
            assertThat(caveat.code()).isEqualTo("test.down");
            assertThat(caveat.message()).contains("may be missing").contains("start it");
        });
        List<String> diffed = new ArrayList<>();
        session.diff(DiffRequest.all(), file -> diffed.add(file.change().path()));
        assertThat(diffed).isNotEmpty();
        assertThat(session.checkpoint("now").label()).isEqualTo("now");
        assertThat(session.merge(PLAIN))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged -> assertThat(merged.notes())
                                .extracting(Reason::code)
                                .containsExactly("test.down"));
    }

    @Test
    void a_checkpoint_is_not_gone_back_to_in_half() {
        Trails trails = trails();
        Session session = open(trails, "test.folder");
        Checkpoint taken = session.checkpoint("now");
        sandbox.down.set(true);
        assertDown(() -> session.restore(taken));
        assertThat(sandbox.calls).doesNotContain("restore " + taken.id());
    }

    @Test
    void work_that_is_only_in_the_copy_is_not_said_to_be_nothing() {
        Session session = foundWhileDown("in-place");
        assertDown(session::changes);
        assertDown(() -> session.merge(PLAIN));
    }

    @Test
    void a_command_tries_again() {
        Session session = foundWhileDown("test.folder");
        assertDown(() -> session.exec("true"));
        sandbox.down.set(false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(TrailsException.class)
                .untilAsserted(() -> assertThat(session.exec("touch", "made"))
                        .extracting(ExecResult::ok)
                        .isEqualTo(true));
        assertThat(folder.resolve("work/made")).exists();
        assertThat(session.changes().caveats()).isEmpty();
    }

    @Test
    void a_stop_does_not_pretend() {
        Session session = foundWhileDown("test.folder");
        assertDown(session::stop);
        assertThat(session.info().state()).isEqualTo(SessionState.READY);
    }

    @Test
    void what_was_taken_up_later_is_let_go_of_too() {
        Session session = foundWhileDown("test.folder");
        sandbox.down.set(false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(TrailsException.class)
                .untilAsserted(() -> session.exec("true").orThrow());
        opened.get(1).close();
        assertThat(sandbox.open.get()).isZero();
    }

    @Test
    void what_only_the_engine_knows_keeps_the_session_unless_it_is_forgotten() {
        sandbox.removalNeedsEngine.set(true);
        Session session = foundWhileDown("test.folder");
        RemovalReport kept = session.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(kept.kept()).singleElement().satisfies(item -> {
            assertThat(item.what()).isEqualTo("the sandbox");
            assertThat(item.reason().code()).isEqualTo("test.down");
            assertThat(item.reason().remedy()).contains("forgetting()");
        });
        assertThat(session.info().state()).isEqualTo(SessionState.READY);
        RemovalReport forgotten =
                session.remove(RemovalPolicy.safe().endingProcesses().forgetting());
        assertThat(forgotten.complete()).isTrue();
        assertThat(forgotten.forgotten())
                .extracting(RemovalReport.Item::what)
                .first()
                .isEqualTo("the sandbox");
        assertThat(opened.get(1).find("work")).isEmpty();
    }

    @Test
    void a_session_can_be_removed_without_its_engine_if_nothing_is_kept_there() {
        Session session = foundWhileDown("test.folder");
        assertThat(session.remove(RemovalPolicy.safe().endingProcesses()).complete())
                .isTrue();
    }
}
