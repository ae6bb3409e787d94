package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.AuditRecord;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.Conflict;
import io.trails.DiffRequest;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.SessionState;
import io.trails.Trails;
import io.trails.TrailsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine adds to merges and checkpoints: guards, events and records. */
class SessionWorkTest {
    private static final MergeRequest SQUASH =
            MergeRequest.builder().target("main").strategy(MergeStrategy.SQUASH).build();
    private static final MergeResult MERGED = new MergeResult.Merged("main", "c0ffee", "facade", List.of());

    @TempDir
    Path folder;

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

    private Trails trails(Function<MergeRequest, MergeResult> merge) {
        Trails trails = Trails.builder(folder.resolve("project"))
                .provider(new MergingWorkspace(merge))
                .build();
        opened.add(trails);
        trails.onEvent(events::add);
        return trails;
    }

    private static Session open(Trails trails) {
        return trails.open(SessionSpec.named("work")
                .mode(Mode.named("folder").workspaces("test.folder").build())
                .build());
    }

    private static Map<String, String> recorded(Trails trails, String type) {
        return trails.audit().newest(10).stream()
                .filter(record -> record.type().equals(type))
                .findFirst()
                .map(AuditRecord::details)
                .orElse(Map.of());
    }

    /** The end of an instance gives listeners a moment only. */
    private void awaitEvent(TrailsEvent.Type type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(events).extracting(TrailsEvent::type).contains(type));
    }

    @Test
    void a_merge_is_told_and_recorded_once_it_has_happened() {
        Trails trails = trails(request -> MERGED);
        assertThat(open(trails).merge(SQUASH)).isEqualTo(MERGED);
        assertThat(recorded(trails, "session.merged"))
                .containsEntry("target", "main")
                .containsEntry("commit", "c0ffee")
                .containsEntry("previous", "facade")
                .containsEntry("strategy", "SQUASH");
        awaitEvent(TrailsEvent.Type.SESSION_MERGED);
        trails.close();
        assertThat(events)
                .filteredOn(event -> event.type() == TrailsEvent.Type.SESSION_MERGED)
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("target", "main")
                        .containsEntry("commit", "c0ffee"));
    }

    @Test
    void a_conflict_is_recorded_with_its_number_and_without_its_lines() {
        var secret = new Conflict.Hunk(List.of(), List.of("hunter2"), List.of("other"), List.of(), List.of());
        var conflict = new Conflict(
                "a.txt",
                Conflict.Kind.CONTENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(secret),
                List.of());
        var preview = new MergePreview(
                "main",
                "facade",
                "decade",
                Optional.empty(),
                MergePreview.Outcome.CONFLICTED,
                List.of(conflict),
                new Changes(List.of(), List.of()),
                List.of(),
                "token");
        Trails trails = trails(request -> new MergeResult.Conflicted(preview));
        open(trails).merge(SQUASH);
        assertThat(recorded(trails, "session.merge-conflicted"))
                .containsEntry("target", "main")
                .containsEntry("conflicts", "1")
                .doesNotContainValue("hunter2");
        assertThat(recorded(trails, "session.merged")).isEmpty();
    }

    @Test
    void a_merge_that_is_blocked_is_recorded_with_the_reason_and_one_that_is_up_to_date_is_not() {
        var results = new ArrayList<MergeResult>(List.of(
                new MergeResult.UpToDate("main", "facade"),
                new MergeResult.Blocked(List.of(Reason.of("test.blocked", "It is in the way", "Move it")))));
        Trails trails = trails(request -> results.remove(0));
        Session session = open(trails);
        session.merge(SQUASH);
        assertThat(trails.audit().newest(10))
                .extracting(AuditRecord::type)
                .doesNotContain("session.merged", "session.merge-blocked");
        session.merge(SQUASH);
        assertThat(recorded(trails, "session.merge-blocked"))
                .containsEntry("code", "test.blocked")
                .containsEntry("target", "main");
    }

    @Test
    void checkpoints_and_restores_are_told_and_recorded() {
        Trails trails = trails(request -> MERGED);
        Session session = open(trails);
        Checkpoint taken = session.checkpoint("before the rewrite");
        Checkpoint before = session.restore(taken);
        assertThat(recorded(trails, "session.checkpointed"))
                .containsEntry("checkpoint", taken.id())
                .containsEntry("label", "before the rewrite");
        assertThat(recorded(trails, "session.restored"))
                .containsEntry("checkpoint", taken.id())
                .containsEntry("before", before.id());
        awaitEvent(TrailsEvent.Type.SESSION_CHECKPOINTED);
        awaitEvent(TrailsEvent.Type.SESSION_RESTORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "bell\u0007", "\u0085"})
    void what_is_no_label_is_refused(String label) {
        Session session = open(trails(request -> MERGED));
        assertThatThrownBy(() -> session.checkpoint(label)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.checkpoint("x".repeat(201))).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.checkpoint("x".repeat(200)).label()).hasSize(200);
    }

    @Test
    void what_a_callback_throws_is_thrown_on_as_it_is_and_nothing_is_recorded() {
        var thrown = new IllegalStateException("the host's own");
        Trails trails = trails(request -> {
            throw thrown;
        });
        Session session = open(trails);
        assertThatThrownBy(() -> session.merge(SQUASH)).isSameAs(thrown);
        assertThatThrownBy(() -> session.diff(DiffRequest.all(), file -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(trails.audit().newest(10)).extracting(AuditRecord::type).doesNotContain("session.merged");
        assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
    }

    @Test
    void a_session_is_not_removed_while_it_is_merged_and_can_be_afterwards() {
        var session = new ArrayList<Session>();
        Trails trails = trails(request -> {
            assertThatThrownBy(() -> session.get(0).remove(RemovalPolicy.safe()))
                    .extracting("code")
                    .isEqualTo("session.busy");
            assertThat(session.get(0).info().state()).isEqualTo(SessionState.READY);
            assertThat(session.get(0).checkpoint("meanwhile").label()).isEqualTo("meanwhile");
            return MERGED;
        });
        session.add(open(trails));
        session.get(0).merge(SQUASH);
        assertThat(session.get(0).remove(RemovalPolicy.safe()).complete()).isTrue();
    }

    @Test
    void the_work_of_one_session_does_not_keep_another_one() {
        var other = new ArrayList<Session>();
        Trails trails = trails(request -> {
            assertThat(other.get(0).remove(RemovalPolicy.safe()).complete()).isTrue();
            return MERGED;
        });
        Session session = open(trails);
        other.add(trails.open(SessionSpec.named("other")
                .mode(Mode.named("folder").workspaces("test.folder").build())
                .build()));
        assertThat(session.merge(SQUASH)).isEqualTo(MERGED);
    }

    @Test
    void a_lost_session_has_nothing_to_merge() throws IOException {
        open(trails(request -> MERGED));
        opened.get(0).close();
        Files.delete(folder.resolve("work"));
        Session lost = trails(request -> MERGED).find("work").orElseThrow();
        assertThatThrownBy(() -> lost.merge(SQUASH)).extracting("code").isEqualTo("session.lost");
        assertThatThrownBy(() -> lost.checkpoint("now")).extracting("code").isEqualTo("session.lost");
        assertThatThrownBy(lost::capabilities).extracting("code").isEqualTo("session.lost");
    }
}
