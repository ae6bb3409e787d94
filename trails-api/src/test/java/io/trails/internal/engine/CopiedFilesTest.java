package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileConflict;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.Mode;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Resolution;
import io.trails.Session;
import io.trails.SessionCapability;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsEvent;
import io.trails.spi.Provider;
import io.trails.spi.SandboxNotice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose programs work on a copy of the files: what is seen of it, what is merged, and what is kept. */
class CopiedFilesTest {
    private static final Mode SHARED = Mode.named("shared")
            .workspaces("in-place")
            .sandboxes("test.copying")
            .build();
    private static final Mode OWN = Mode.named("own")
            .workspaces("test.folder")
            .sandboxes("test.copying")
            .build();
    private static final MergeRequest PLAIN = MergeRequest.builder().build();
    private static final MergeResult MERGED =
            new MergeResult.Merged("main", "c0ffee", "facade", List.of(Reason.of("test.note", "A note")));

    @TempDir
    Path folder;

    private Path project;
    private final CopyingSandbox sandbox = new CopyingSandbox();
    private final List<TrailsEvent> events = new CopyOnWriteArrayList<>();
    private final List<Trails> opened = new ArrayList<>();
    private final List<MergeRequest> merged = new CopyOnWriteArrayList<>();

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("a.txt"), "one\n");
    }

    @AfterEach
    void close() {
        for (Trails trails : opened) trails.close();
    }

    private Trails trails(Provider workspace) {
        Trails trails =
                Trails.builder(project).provider(workspace).provider(sandbox).build();
        opened.add(trails);
        trails.onEvent(events::add);
        return trails;
    }

    private Trails trails() {
        Function<MergeRequest, MergeResult> merge = request -> {
            merged.add(request);
            return MERGED;
        };
        return trails(new MergingWorkspace(merge));
    }

    private static Session open(Trails trails, Mode mode) {
        return trails.open(SessionSpec.named("work").mode(mode).build());
    }

    /** The files of a session of its own, which start empty. */
    private Path own() {
        return folder.resolve("work");
    }

    private static void sh(Session session, String script) {
        session.exec("sh", "-c", script).orThrow();
    }

    /** As a program that still runs would. */
    private static void leave(Session session, String script) {
        session.exec("leave", "sh", "-c", script).orThrow();
    }

    private static List<String> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    @Test
    void a_sandbox_is_told_whether_the_files_are_the_sessions_own() {
        Trails trails = trails();
        open(trails, OWN);
        trails.open(SessionSpec.named("other").mode(SHARED).build());
        assertThat(sandbox.planned).extracting(request -> request.bringsBack()).containsExactly(true, false);
        assertThat(sandbox.others).extracting(request -> request.bringsBack()).containsExactly(true, false);
    }

    @Test
    void what_a_session_can_do_includes_what_its_copy_can() {
        Trails trails = trails();
        assertThat(open(trails, OWN).capabilities()).containsExactlyInAnyOrder(SessionCapability.values());
        Session shared = trails.open(SessionSpec.named("other").mode(SHARED).build());
        assertThat(shared.capabilities())
                .containsExactlyInAnyOrder(
                        SessionCapability.MERGE,
                        SessionCapability.CHECKPOINTS,
                        SessionCapability.EXPORT,
                        SessionCapability.EXPORT_IMAGE);
        Session plain = trails.open(SessionSpec.named("plain").mode(Mode.DIRECT).build());
        assertThat(plain.capabilities()).isEmpty();
        assertThatThrownBy(plain::bringBack).extracting("code").isEqualTo("sandbox.unsupported");
        assertThatThrownBy(() -> plain.export(folder.resolve("out")))
                .extracting("code")
                .isEqualTo("sandbox.unsupported");
    }

    @Test
    void whoever_looks_sees_what_programs_changed_that_still_run() throws IOException {
        Session session = open(trails(), OWN);
        leave(session, "echo 1 > changes");
        session.changes();
        assertThat(own().resolve("changes")).hasContent("1");
        leave(session, "echo 2 > diff");
        session.diff(DiffRequest.all(), file -> {});
        assertThat(own().resolve("diff")).hasContent("2");
        leave(session, "echo 3 > checkpoint");
        session.checkpoint("now");
        assertThat(own().resolve("checkpoint")).hasContent("3");
        leave(session, "echo 4 > merge");
        assertThat(session.merge(PLAIN)).isEqualTo(MERGED);
        assertThat(own().resolve("merge")).hasContent("4");
        leave(session, "echo 5 > asked");
        assertThat(session.bringBack().files()).containsExactly(Change.of("asked", Change.Kind.ADDED));
        leave(session, "echo 6 > stopped");
        session.stop();
        assertThat(own().resolve("stopped")).hasContent("6");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_ends_a_session_does_not_wait_for_its_commands(boolean removes) throws Exception {
        Session session = open(trails(), OWN);
        var code = new FutureTask<>(
                () -> session.exec("sh", "-c", "echo x > work; exec sleep 120").exitCode());
        var thread = new Thread(code, "command");
        thread.start();
        Path state = folder.resolve("project/.trails");
        // What is written beside it may come and go.
        Awaitility.await()
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    try (Stream<Path> all = Files.walk(state)) {
                        return all.anyMatch(file ->
                                file.endsWith("copy/work") && file.toFile().length() > 0);
                    }
                });
        if (removes) session.remove(RemovalPolicy.safe().endingProcesses());
        else session.stop();
        assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(137);
        thread.join(Duration.ofSeconds(60).toMillis());
        assertThat(own().resolve("work")).hasContent("x");
    }

    @Test
    void work_that_did_not_come_back_is_told_and_blocks_a_merge() throws IOException {
        Session session = open(trails(), OWN);
        sh(session, "echo session > a; echo fine > b");
        leave(session, "echo session again > a");
        Files.writeString(own().resolve("a"), "user\n");

        Changes changes = session.changes();
        assertThat(changes.caveats()).singleElement().satisfies(caveat -> {
            assertThat(caveat.code()).isEqualTo("test.changed-elsewhere");
            assertThat(caveat.message()).contains("'a' did not come back").contains("copy/a");
        });
        assertThat(session.merge(PLAIN))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(codes(blocked.reasons())).containsExactly("test.changed-elsewhere"));
        assertThat(merged).isEmpty();
        assertThat(own().resolve("a")).hasContent("user");

        Files.writeString(own().resolve("a"), "session again\n");
        assertThat(session.merge(PLAIN)).isEqualTo(MERGED);
    }

    @Test
    void work_that_cannot_be_had_blocks_a_merge_until_it_can() throws IOException {
        sandbox.withheld.add(Reason.of("test.no-room", "'big' is in the sandbox alone", "Make room"));
        Session session = open(trails(), OWN);
        sh(session, "echo x > a");
        assertThat(codes(session.changes().caveats())).containsExactly("test.no-room");
        assertBlocked(session);
        assertThat(merged).isEmpty();
        sandbox.withheld.clear();
        assertThat(session.merge(PLAIN)).isEqualTo(MERGED);
    }

    @Test
    void nothing_is_written_into_a_project_without_work_that_cannot_be_had() throws IOException {
        sandbox.withheld.add(Reason.of("test.no-room", "'big' is in the sandbox alone", "Make room"));
        Session session = open(trails(), SHARED);
        sh(session, "echo two > a.txt");
        assertThat(session.preview(PLAIN).outcome()).isEqualTo(MergePreview.Outcome.BLOCKED);
        assertBlocked(session);
        assertThat(project.resolve("a.txt")).hasContent("one");
        sandbox.withheld.clear();
        assertThat(session.merge(PLAIN)).isInstanceOf(MergeResult.Merged.class);
    }

    private static void assertBlocked(Session session) {
        assertThat(session.merge(PLAIN))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(codes(blocked.reasons())).containsExactly("test.no-room"));
    }

    @Test
    void a_preview_says_that_a_merge_would_be_blocked() throws IOException {
        var clean = new MergePreview(
                "main",
                "facade",
                "decade",
                Optional.empty(),
                MergePreview.Outcome.CLEAN,
                List.of(),
                new Changes(List.of(), List.of()),
                List.of(),
                "token");
        Session session = open(trails(new PreviewingWorkspace(clean)), OWN);
        assertThat(session.preview(PLAIN)).isEqualTo(clean);
        leave(session, "echo session > a");
        Files.writeString(own().resolve("a"), "user\n");
        MergePreview blocked = session.preview(PLAIN);
        assertThat(blocked.outcome()).isEqualTo(MergePreview.Outcome.BLOCKED);
        assertThat(codes(blocked.reasons())).containsExactly("test.changed-elsewhere");
        assertThat(blocked.token()).isEqualTo("token");
    }

    @Test
    void a_checkpoint_is_one_of_files_and_system_and_so_is_a_restore() {
        Session session = open(trails(), OWN);
        Checkpoint taken = session.checkpoint("now");
        assertThat(sandbox.calls).endsWith("checkpoint " + taken.id());
        Checkpoint before = session.restore(taken);
        assertThat(sandbox.calls).endsWith("checkpoint " + before.id(), "restore " + taken.id());
    }

    @Test
    void the_project_is_not_touched_before_a_merge_and_gets_everything_by_it() throws IOException {
        Session session = open(trails(), SHARED);
        sh(session, "echo two > a.txt; mkdir d; echo new > d/b.txt");
        assertThat(project.resolve("a.txt")).hasContent("one");
        assertThat(session.changes().files())
                .containsExactly(Change.of("a.txt", Change.Kind.MODIFIED), Change.of("d/b.txt", Change.Kind.ADDED));
        MergePreview preview = session.preview(PLAIN);
        assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CLEAN);
        assertThat(preview.changes().files()).hasSize(2);
        assertThat(project.resolve("d")).doesNotExist();

        Path real = project.toRealPath();
        assertThat(session.merge(PLAIN)).isEqualTo(new MergeResult.Merged(real.toString(), "", "", List.of()));
        assertThat(project.resolve("a.txt")).hasContent("two");
        assertThat(project.resolve("d/b.txt")).hasContent("new");
        assertThat(session.merge(PLAIN)).isEqualTo(new MergeResult.UpToDate(real.toString(), ""));
        assertThat(session.preview(PLAIN).outcome()).isEqualTo(MergePreview.Outcome.UP_TO_DATE);
    }

    @Test
    void a_merge_into_the_project_is_all_or_nothing() throws IOException {
        Session session = open(trails(), SHARED);
        sh(session, "echo two > a.txt; echo new > b.txt");
        Files.writeString(project.resolve("a.txt"), "the user's\n");
        assertThat(session.preview(PLAIN).outcome()).isEqualTo(MergePreview.Outcome.BLOCKED);
        assertThat(session.merge(PLAIN))
                .isInstanceOfSatisfying(
                        MergeResult.Blocked.class,
                        blocked -> assertThat(blocked.reasons())
                                .singleElement()
                                .satisfies(
                                        reason -> assertThat(reason.message()).contains("a.txt")));
        assertThat(project.resolve("a.txt")).hasContent("the user's");
        assertThat(project.resolve("b.txt")).doesNotExist();
    }

    @Test
    void what_only_a_history_can_do_is_refused_where_there_is_none() {
        Session session = open(trails(), SHARED);
        MergePreview preview = session.preview(PLAIN);
        List<MergeRequest> requests = List.of(
                MergeRequest.into("main"),
                MergeRequest.builder().strategy(MergeStrategy.SQUASH).build(),
                MergeRequest.builder().message("m").build(),
                MergeRequest.builder().resolve("a", Resolution.ours()).build(),
                MergeRequest.builder().expecting(preview).build());
        for (MergeRequest request : requests) {
            assertThatThrownBy(() -> session.merge(request))
                    .extracting("code")
                    .isEqualTo("workspace.option-unsupported");
            assertThatThrownBy(() -> session.preview(request))
                    .extracting("code")
                    .isEqualTo("workspace.option-unsupported");
        }
        assertThatThrownBy(() -> session.writePatch(DiffRequest.all(), OutputStream.nullOutputStream()))
                .extracting("code")
                .isEqualTo("workspace.unsupported");
        assertThatThrownBy(session::bringBack).extracting("code").isEqualTo("workspace.unsupported");
    }

    @Test
    void a_copy_goes_back_to_a_checkpoint_and_forth() {
        Trails trails = trails();
        Session session = open(trails, SHARED);
        sh(session, "echo two > a.txt");
        Checkpoint two = session.checkpoint("two");
        sh(session, "echo three > a.txt; echo b > b.txt");
        Checkpoint three = session.restore(two);
        assertThat(session.changes().files()).containsExactly(Change.of("a.txt", Change.Kind.MODIFIED));
        assertThat(session.checkpoints())
                .extracting(Checkpoint::label)
                .containsExactlyInAnyOrder("two", "before the restore of two");
        trails.close();
        Session again = trails().find("work").orElseThrow();
        again.restore(three);
        assertThat(again.changes().files()).hasSize(2);
        var unknown = new Checkpoint("nowhere", "work", "none", Instant.EPOCH);
        assertThatThrownBy(() -> again.restore(unknown)).extracting("code").isEqualTo("sandbox.checkpoint-unknown");
    }

    @Test
    void files_and_system_are_exported() throws IOException {
        Session session = open(trails(), SHARED);
        sh(session, "echo two > a.txt");
        session.export(folder.resolve("out"));
        assertThat(folder.resolve("out/a.txt")).hasContent("two");
        session.exportImage(folder.resolve("image.tar"));
        assertThat(folder.resolve("image.tar")).exists();
        assertThatThrownBy(() -> session.export(folder.resolve("out")))
                .extracting("code")
                .isEqualTo("sandbox.export-refused");
    }

    @Test
    void a_removal_keeps_what_was_not_merged() {
        Session session = open(trails(), SHARED);
        sh(session, "echo two > a.txt");
        RemovalReport kept = session.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(kept.kept())
                .singleElement()
                .satisfies(item -> assertThat(item.reason().code()).isEqualTo("test.pending"));
        assertThat(session.merge(PLAIN)).isInstanceOf(MergeResult.Merged.class);
        assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
    }

    @Test
    void a_removal_that_ends_programs_brings_back_what_they_changed_first() throws IOException {
        Session session = open(trails(), OWN);
        leave(session, "echo x > work");
        RemovalReport kept = session.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(kept.kept())
                .singleElement()
                .satisfies(item -> assertThat(item.reason().code()).isEqualTo("test.unsaved"));
        assertThat(own().resolve("work")).hasContent("x");
    }

    @Test
    void what_a_sandbox_has_to_tell_is_told_and_recorded_but_for_what_happens_all_the_time() {
        Trails trails = trails();
        open(trails, OWN);
        Reason reason = Reason.of("test.told", "Something");
        for (SandboxNotice.Kind kind : SandboxNotice.Kind.values()) {
            sandbox.others.get(0).noticeReporter().accept(new SandboxNotice(kind, reason));
        }
        assertThat(trails.audit().newest(20))
                .extracting(record -> record.type())
                .contains("sandbox.lost", "sandbox.rebuilt", "sandbox.withheld", "sandbox.warning")
                .doesNotContain("sandbox.brought-back");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events)
                        .filteredOn(event -> event.reason().equals(reason))
                        .extracting(TrailsEvent::type)
                        .containsExactly(
                                TrailsEvent.Type.SANDBOX_LOST,
                                TrailsEvent.Type.SANDBOX_REBUILT,
                                TrailsEvent.Type.FILES_BROUGHT_BACK,
                                TrailsEvent.Type.FILES_WITHHELD,
                                TrailsEvent.Type.SANDBOX_WARNING));
    }

    @Test
    void a_result_without_a_conflict_is_complete() {
        var conflict = new FileConflict("a", Optional.empty(), Reason.of("test.c", "c"));
        assertThat(BroughtBack.nothing().complete()).isTrue();
        assertThat(new BroughtBack(List.of(), List.of(conflict), List.of()).complete())
                .isFalse();
        assertThat(new BroughtBack(List.of(), List.of(), List.of(conflict.reason()), List.of()).complete())
                .isFalse();
        assertThat(Withheld.all(new BroughtBack(List.of(), List.of(conflict), List.of())))
                .singleElement()
                .satisfies(reason -> assertThat(reason.message()).contains("the session removed it"));
    }
}
