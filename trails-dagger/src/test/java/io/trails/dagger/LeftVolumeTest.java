package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.Execution;
import io.trails.RemovalPolicy;
import io.trails.dagger.internal.sandbox.OtherHost;
import io.trails.spi.SandboxNotice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lies on a volume, where programs worked, while something goes wrong on its way home. */
class LeftVolumeTest extends SessionBench {
    private static Execution program(Session session) throws IOException {
        Execution running =
                session.sandbox().start(Command.of("/bin/sh", "-c", "echo live > written; echo done; sleep 300"));
        assertThat(running.stdout().readNBytes(5)).isEqualTo("done\n".getBytes(StandardCharsets.UTF_8));
        return running;
    }

    private static void awaitRest() {
        await().atMost(LIMIT)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("trails-live-files")));
    }

    private Path endsWhileNothingCanBeKept(Session session) throws IOException {
        Path own = session.request().directory().resolve("dagger");
        try (Execution running = program(session)) {
            Files.move(own.resolve("pending"), own.resolve("elsewhere"));
            Files.writeString(own.resolve("pending"), "in the way");
            assertThat(running.isAlive()).isTrue();
        }
        awaitRest();
        return own;
    }

    private static void keepAgain(Path own) throws IOException {
        Files.delete(own.resolve("pending"));
        Files.move(own.resolve("elsewhere"), own.resolve("pending"));
    }

    @Test
    void what_the_host_could_not_keep_is_still_there_when_the_session_is_opened_again() throws IOException {
        Session session = session("full");
        Path own = endsWhileNothingCanBeKept(session);
        session.sandbox().close();
        keepAgain(own);
        assertThat(files.resolve("written")).doesNotExist();
        Session again = opened(session);
        assertThat(again.sh("cat written")).isEqualTo("live");
        assertThat(files.resolve("written")).hasContent("live");
        assertThat(own.resolve("live")).doesNotExist();
    }

    @Test
    void a_command_goes_on_beside_what_cannot_come_home_and_tries_again() throws IOException {
        Session session = session("again");
        Path own = endsWhileNothingCanBeKept(session);
        keepAgain(own);
        assertThat(session.sh("cat written")).isEqualTo("live");
        assertThat(files.resolve("written")).hasContent("live");
        assertThat(own.resolve("live")).doesNotExist();
    }

    @Test
    void a_command_goes_on_though_the_engine_was_restarted_under_what_is_left() throws IOException {
        Session session = session("restarted");
        keepAgain(endsWhileNothingCanBeKept(session));
        played().faults().lostSessionWait(Duration.ZERO);
        played().kill();
        played().restart();
        assertThat(session.sh("cat README.md")).isEqualTo("A project.");
        assertThat(codes(SandboxNotice.Kind.LOST)).contains("dagger.engine-lost");
    }

    @Test
    @Tag("long")
    void a_session_is_closed_though_its_engine_hangs_and_loses_nothing() throws IOException {
        Session session = session("hangs");
        Execution running = program(session);
        played().faults().slowAnswers(Duration.ofMinutes(10));
        assertTimeoutPreemptively(LIMIT.dividedBy(2), () -> session.sandbox().close());
        played().faults().clear();
        awaitRest();
        assertThat(running.onExit()).isDone();
        assertThat(files.resolve("written")).doesNotExist();
        Session again = opened(session);
        assertThat(again.copy().bringBack().files()).hasSize(1);
        assertThat(files.resolve("written")).hasContent("live");
    }

    @Test
    void nobody_is_warned_when_a_session_is_removed_while_its_files_come_home() throws IOException {
        Session session = session("removed");
        var said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Execution running = program(session);
            played().faults().slowAnswers(Duration.ofMillis(300));
            running.close();
            assertThat(provider.remove(
                                    session.plan(),
                                    RemovalPolicy.safe().endingProcesses().forgetting())
                            .complete())
                    .isTrue();
            awaitRest();
        } finally {
            played().faults().clear();
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .noneMatch(line ->
                        line.contains("WARN") && line.contains(session.plan().get("key")));
        assertThat(session.request().directory().resolve("dagger")).doesNotExist();
    }

    @Test
    void who_only_brings_files_back_gets_those_that_a_killed_jvm_left() throws IOException {
        Session session = session("killed");
        Path own = session.request().directory().resolve("dagger");
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        try (Execution running = program(session)) {
            Session elsewhere = opened(session);
            Path mark = OtherHost.runs(own, other);
            assertThat(elsewhere.copy().bringBack().files()).isEmpty();
            // As if that JVM had been killed.
            Files.delete(mark);
            assertThat(elsewhere.copy().bringBack().files()).hasSize(1);
            assertThat(files.resolve("written")).hasContent("live");
            assertThat(own.resolve("live")).doesNotExist();
            assertThat(running.onExit()).isNotDone();
        }
    }

    @Test
    void what_a_program_wrote_before_it_was_ended_for_a_restore_does_not_come_home() throws Exception {
        Session session = session("ended");
        Path own = session.request().directory().resolve("dagger");
        session.sh("echo 1 > kept");
        var then = new Checkpoint("c1", "ended", "then", Instant.now());
        session.copy().checkpoint(then);
        Path mark = OtherHost.runs(own, ProcessHandle.current().parent().orElseThrow());
        Execution running = program(session);
        var restored = CompletableFuture.runAsync(() -> session.copy().restore(then));
        // As long as another host does not end what it runs, there is time for files to come home.
        await().atMost(LIMIT).until(() -> Files.exists(mark.resolveSibling(mark.getFileName() + ".stop")));
        running.close();
        await().atMost(LIMIT)
                .until(() -> Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> thread.getKey().getName().startsWith("trails-live-files"))
                        .allMatch(thread -> Arrays.toString(thread.getValue()).contains("isLastGone")));
        Files.delete(mark);
        restored.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        awaitRest();
        assertThat(files.resolve("written")).doesNotExist();
        assertThat(session.sh("ls")).isEqualTo("README.md\nkept");
        assertThat(files.resolve("written")).doesNotExist();
    }

    @Test
    void what_a_program_wrote_does_not_come_home_after_a_restore() throws IOException {
        Session session = session("restored");
        session.sh("echo 1 > kept");
        var then = new Checkpoint("c1", "restored", "then", Instant.now());
        session.copy().checkpoint(then);
        try (Execution running = program(session)) {
            session.copy().bringBack();
            Files.delete(files.resolve("written"));
            session.copy().checkpoint(new Checkpoint("c2", "restored", "before", Instant.now()));
            session.copy().restore(then);
            assertThat(running.onExit()).isDone();
        }
        awaitRest();
        assertThat(session.sh("ls")).isEqualTo("README.md\nkept");
        assertThat(files.resolve("written")).doesNotExist();
        assertThat(session.copy().bringBack().conflicts()).isEmpty();
    }
}
