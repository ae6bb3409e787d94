package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.BroughtBack;
import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.Execution;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.dagger.internal.sandbox.OtherHost;
import io.trails.spi.SandboxNotice.Kind;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An engine that goes away takes nothing with it that matters. */
class LostEngineTest extends SessionBench {
    private void restart() throws IOException {
        played().faults().lostSessionWait(Duration.ZERO);
        played().kill();
        played().restart();
    }

    @Test
    void outputs_that_a_killed_host_left_are_gone_when_its_session_is_opened() throws IOException {
        Session session = session("left");
        Path scratch = session.request().directory().resolve("dagger/scratch");
        Path left = Files.createDirectories(scratch.resolve("of-a-command/io"));
        Files.writeString(left.resolve("out"), "s3cret");
        Path mark = OtherHost.runs(session.request().directory().resolve("dagger"), ProcessHandle.current());
        opened(session);
        assertThat(left).exists();
        Files.delete(mark);
        opened(session);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void after_a_restart_the_next_command_has_its_files_and_the_host_is_told() throws IOException {
        Session session = session("restart");
        session.sh("echo work > file; echo system > $HOME/note");
        restart();
        assertThat(session.sh("cat file; cat $HOME/note 2>/dev/null || echo gone"))
                .isEqualTo("work\ngone");
        assertThat(codes(Kind.LOST)).containsExactly("dagger.engine-lost");
        assertThat(notices)
                .filteredOn(notice -> notice.kind() == Kind.REBUILT)
                .singleElement()
                .satisfies(notice -> assertThat(notice.reason().message()).contains("echo system"));
    }

    @Test
    void where_policy_allows_commands_are_run_again_for_the_system_alone() throws IOException {
        Session session = session(
                "replay", request -> request.settings(SandboxSettings.none().withReplayAllowed(true)));
        session.sh("echo line >> log; echo system > $HOME/note");
        session.sh("echo line >> log");
        restart();
        assertThat(session.sh("cat $HOME/note; wc -l < log")).isEqualTo("system\n2");
        assertThat(Files.readAllLines(files.resolve("log"))).hasSize(2);
        assertThat(notices)
                .filteredOn(notice -> notice.kind() == Kind.REBUILT)
                .singleElement()
                .satisfies(notice -> assertThat(notice.reason().message()).contains("Run again"));
    }

    @Test
    void a_command_that_ran_when_the_engine_died_is_not_run_twice() throws Exception {
        Session session = session("during");
        var running = CompletableFuture.supplyAsync(() -> session.run("echo twice >> log; sleep 300"));
        await().atMost(LIMIT).until(() -> played().traffic().running() > 0);
        restart();
        assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("dagger.engine-lost"));
        assertThat(session.sh("cat log 2>/dev/null || echo none")).isEqualTo("none");
    }

    @Test
    void lost_handles_are_made_anew_before_a_command_fails() throws IOException {
        Session session = session("handles");
        session.sh("echo work > file");
        played().loseIds();
        assertThat(session.sh("cat file")).isEqualTo("work");
    }

    @Test
    void another_jvm_opens_sees_and_removes_without_an_engine() throws IOException {
        Session session = session("offline", request -> request.bringsBack(false));
        session.sh("echo pending > file");
        session.sandbox().close();
        played().kill();
        Session later = opened(session);
        assertThat(later.copy().pending().files())
                .extracting(change -> change.path())
                .containsExactly("file");
        RemovalReport kept = provider.remove(session.plan(), RemovalPolicy.safe());
        assertThat(kept.kept()).extracting(item -> item.reason().code()).containsExactly("dagger.changes-pending");
        Path copy = place.resolve("exported");
        later.copy().export(copy);
        assertThat(copy.resolve("file")).hasContent("pending");
        assertThat(copy.resolve("README.md")).hasContent("A project.");
        later.sandbox().close();
        RemovalReport rescued =
                provider.remove(session.plan(), RemovalPolicy.safe().rescuing());
        assertThat(rescued.complete()).isTrue();
        assertThat(rescued.removed())
                .anySatisfy(item -> assertThat(item.reason().message()).contains("rescues"));
        assertThat(place.resolve("own/offline")).isEmptyDirectory();
        assertThat(files.resolve("file")).doesNotExist();
    }

    @Test
    void what_was_pending_is_in_the_container_that_another_jvm_makes() throws IOException {
        Session session = session("resumed", request -> request.bringsBack(false));
        session.sh("echo pending > file; rm README.md");
        session.sandbox().close();
        Session later = opened(session);
        assertThat(later.sh("cat file; ls README.md 2>/dev/null || echo removed"))
                .isEqualTo("pending\nremoved");
        assertThat(files.resolve("README.md")).exists();
        assertThat(later.copy().bringBackAll().complete()).isTrue();
        assertThat(files.resolve("file")).hasContent("pending\n");
        assertThat(files.resolve("README.md")).doesNotExist();
    }

    private static Checkpoint checkpoint(String id) {
        return new Checkpoint(id, "session", "label of " + id, Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void a_checkpoint_brings_the_system_back_while_the_engine_has_it() throws IOException {
        Session session = session("checkpoint");
        session.sh("echo one > $HOME/note; echo one > file");
        session.copy().checkpoint(checkpoint("c1"));
        session.sh("echo two > $HOME/note; echo two > file");
        Files.writeString(files.resolve("file"), "one\n");
        session.copy().restore(checkpoint("c1"));
        assertThat(session.sh("cat $HOME/note file")).isEqualTo("one\none");
        assertThat(opened(session).copy().checkpoints()).containsExactly(checkpoint("c1"));
        restart();
        session.copy().restore(checkpoint("c1"));
        assertThat(session.sh("cat file; cat $HOME/note 2>/dev/null || echo gone"))
                .isEqualTo("one\ngone");
        assertThat(codes(Kind.REBUILT)).isNotEmpty();
    }

    @Test
    void what_ended_programs_had_written_does_not_come_over_what_is_restored() throws IOException {
        Session session = session("restored");
        session.sh("echo one > file");
        session.copy().checkpoint(checkpoint("c1"));
        try (Execution program = session.sandbox().start(Command.of("sleep", "300"))) {
            session.sh("echo two > file; echo more > other; rm README.md");
            Files.writeString(files.resolve("file"), "one\n");
            Files.delete(files.resolve("other"));
            Files.writeString(files.resolve("README.md"), "A project.");
            session.copy().restore(checkpoint("c1"));
            assertThat(program.onExit()).succeedsWithin(LIMIT);
        }
        assertThat(session.sh("cat file; ls")).isEqualTo("one\nREADME.md\nfile");
        session.sandbox().close();
        assertThat(opened(session).copy().bringBack()).isEqualTo(BroughtBack.nothing());
        assertThat(files.resolve("file")).hasContent("one\n");
        assertThat(files.resolve("other")).doesNotExist();
        assertThat(files.resolve("README.md")).exists();
    }

    @Test
    void in_place_a_checkpoint_brings_back_what_was_pending() throws IOException {
        Session session = session("pending", request -> request.bringsBack(false));
        session.sh("echo one > file");
        session.copy().checkpoint(checkpoint("c1"));
        session.sh("echo two > file; echo more > other; rm README.md");
        session.copy().restore(checkpoint("c1"));
        assertThat(session.copy().pending().files())
                .extracting(change -> change.path())
                .containsExactly("file");
        assertThat(session.sh("cat file; ls")).isEqualTo("one\nREADME.md\nfile");
    }

    @Test
    void a_fork_starts_with_the_system_of_a_checkpoint_and_files_of_its_own() throws IOException {
        Session session = session("first");
        session.sh("echo system > $HOME/note; echo gone > only-first");
        session.copy().checkpoint(checkpoint("c1"));
        Files.delete(files.resolve("only-first"));
        Files.writeString(files.resolve("README.md"), "Forked.");
        Session fork = session("fork", request -> request.forkOf(checkpoint("c1")));
        assertThat(fork.sh("cat $HOME/note README.md; ls")).isEqualTo("system\nForked.README.md");
        Session late = session("late", request -> request.forkOf(checkpoint("unknown")));
        assertThat(late.sh("echo usable")).isEqualTo("usable");
        assertThat(codes(Kind.WARNING)).contains("dagger.checkpoint-gone");
    }
}
