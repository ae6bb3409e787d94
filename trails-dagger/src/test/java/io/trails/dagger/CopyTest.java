package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.Changes;
import io.trails.Command;
import io.trails.ContainerRecipe;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.FileConflict;
import io.trails.Reason;
import io.trails.spi.SandboxNotice;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is told of a session's files and brought back, whatever else goes on. */
class CopyTest extends SessionBench {
    private static SandboxRequest.Builder inPlace(SandboxRequest.Builder request) {
        return request.bringsBack(false);
    }

    private static List<String> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    private CompletableFuture<ExecResult> busy(Session session) {
        var running = CompletableFuture.supplyAsync(() -> session.sandbox().exec(Command.of("sleep", "300")));
        await().atMost(LIMIT).until(() -> played().traffic().running() > 0);
        return running;
    }

    @Test
    void an_export_says_what_it_is_without_because_it_changed_meanwhile() throws Exception {
        Session session = session("moving");
        Files.writeString(files.resolve("still"), "still");
        Path moving = Files.writeString(files.resolve("moving"), "");
        var over = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> append(moving, over));
        var exports = new AtomicInteger();
        try {
            await().atMost(LIMIT).until(() -> {
                Path copy = place.resolve("export-" + exports.incrementAndGet());
                session.copy().export(copy);
                assertThat(copy.resolve("still")).hasContent("still");
                boolean told = codes(SandboxNotice.Kind.WITHHELD).contains("dagger.file-moving");
                assertThat(Files.exists(copy.resolve("moving"))).isNotEqualTo(told);
                return told;
            });
        } finally {
            over.set(true);
            writer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void append(Path file, AtomicBoolean over) {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            while (!over.get()) out.write('.');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nobody_waits_for_a_long_command_to_see_or_get_files() throws Exception {
        Session session = session("busy", CopyTest::inPlace);
        session.sh("echo pending > file");
        var running = busy(session);
        Changes pending = session.copy().pending();
        assertThat(pending.files()).extracting(Change::path).containsExactly("file");
        assertThat(codes(pending.caveats())).containsExactly("dagger.changes-unseen");
        assertThat(codes(session.copy().preview().notes())).containsExactly("dagger.changes-unseen");
        assertThat(codes(session.copy().bringBack().notes())).containsExactly("dagger.changes-unseen");
        assertThat(running).isNotDone();
        session.sandbox().stop();
        assertThat(running.get(60, TimeUnit.SECONDS).status()).isEqualTo(ExecResult.Status.CANCELLED);
        assertThat(session.copy().pending().caveats()).isEmpty();
    }

    @Test
    void a_preview_shows_the_conflicts_that_a_merge_would_meet() throws IOException {
        Session session = session("preview", CopyTest::inPlace);
        session.sh("echo session > README.md; echo new > file");
        assertThat(session.copy().preview().files()).extracting(Change::path).containsExactly("README.md", "file");
        Files.writeString(files.resolve("README.md"), "The user's.");
        BroughtBack preview = session.copy().preview();
        assertThat(preview.conflicts()).extracting(FileConflict::path).containsExactly("README.md");
        assertThat(preview.files()).isEmpty();
        assertThat(session.copy().pending().caveats()).singleElement().satisfies(caveat -> {
            assertThat(caveat.code()).isEqualTo("dagger.conflict");
            assertThat(caveat.message()).contains("README.md");
        });
        assertThat(session.copy().bringBackAll().conflicts()).isEqualTo(preview.conflicts());
        assertThat(files.resolve("README.md")).hasContent("The user's.");
        assertThat(files.resolve("file")).doesNotExist();
    }

    @Test
    void looking_at_a_worktree_changes_nothing_in_it() throws Exception {
        Session session = session("looked-at");
        session.sh("true");
        try (Execution running = program(session)) {
            assertThat(codes(session.copy().preview().notes())).containsExactly("dagger.changes-unseen");
            assertThat(codes(session.copy().pending().caveats())).containsExactly("dagger.changes-unseen");
            assertThat(files.resolve("written")).doesNotExist();
            assertThat(session.copy().bringBack().files())
                    .extracting(Change::path)
                    .containsExactly("written");
            assertThat(running.onExit()).isNotDone();
        }
    }

    @Test
    void bringing_back_is_free_where_nothing_ran() throws IOException {
        Session session = session("free");
        session.sh("echo work > file");
        long before = played().traffic().requests();
        assertThat(session.copy().bringBack()).isEqualTo(BroughtBack.nothing());
        assertThat(session.copy().pending().isEmpty()).isTrue();
        assertThat(played().traffic().requests()).isEqualTo(before);
    }

    private static Execution program(Session session) throws IOException {
        Execution running =
                session.sandbox().start(Command.of("/bin/sh", "-c", "echo live > written; echo done; sleep 300"));
        assertThat(running.stdout().readNBytes(5)).isEqualTo("done\n".getBytes(StandardCharsets.UTF_8));
        return running;
    }

    @Test
    void what_a_stopped_program_had_written_comes_back() throws IOException {
        Session session = session("stopped");
        try (Execution running = program(session)) {
            session.sandbox().stop();
            assertThat(running.onExit()).isDone();
        }
        session.copy().bringBack();
        assertThat(files.resolve("written")).hasContent("live");
        assertThat(session.sh("cat written")).isEqualTo("live");
    }

    @Test
    void in_place_what_a_live_program_writes_is_pending() throws IOException {
        Session session = session("live", CopyTest::inPlace);
        try (Execution running = program(session)) {
            assertThat(session.copy().pending().files())
                    .extracting(Change::path)
                    .containsExactly("written");
            assertThat(running.onExit()).isNotDone();
        }
        assertThat(files.resolve("written")).doesNotExist();
    }

    @Test
    void two_hosts_that_run_commands_at_the_same_moment_see_the_files_of_both_afterwards() throws Exception {
        var recipe = ContainerRecipe.builder().cache("/signal", "of-two-hosts").build();
        Session one = session("at-once", request -> inPlace(request).recipe(recipe));
        Session other = opened(one);
        var running = CompletableFuture.supplyAsync(
                () -> one.sh("echo 1 > one; until [ -e /signal/go ]; do sleep 0.05; done"));
        await().atMost(LIMIT).until(() -> played().traffic().running() > 0);
        other.sh("echo 2 > other; touch /signal/go");
        running.get(60, TimeUnit.SECONDS);
        assertThat(one.sh("ls")).isEqualTo("README.md\none\nother");
        assertThat(other.sh("ls")).isEqualTo("README.md\none\nother");
    }

    @Test
    void what_could_not_come_out_yet_outlives_the_work_of_another_host() throws IOException {
        Session session = session("unfetched", CopyTest::inPlace);
        engine.engine().faults().exportAsUser();
        session.sh("mkdir ro; ln -s nowhere ro/link; echo session > README.md; chmod 500 ro");
        opened(session).sh("echo 2 > other");
        assertThat(session.sh("cat README.md; chmod 700 ro")).isEqualTo("session");
        assertThat(session.copy().pending().files())
                .extracting(Change::path)
                .containsExactly("README.md", "other", "ro/", "ro/link");
        assertThat(session.sh("ls; cat README.md")).isEqualTo("README.md\nother\nro\nsession");
    }

    @Test
    void what_another_host_takes_back_is_gone_here_too() throws IOException {
        Files.writeString(files.resolve(".gitignore"), "*.log\n");
        Session session = session("undone", CopyTest::inPlace);
        session.sh(
                "echo 1 > mine; echo 1 > changed; mkdir -p made/full; echo 1 > made/file; echo x > made/full/ignored.log");
        Session other = opened(session);
        assertThat(other.sh("ls made")).isEqualTo("file\nfull");
        other.sh("echo 1 > theirs; echo 2 > changed");
        assertThat(session.sh("cat theirs changed")).isEqualTo("1\n2");
        other.sh("rm -r mine theirs made");
        assertThat(session.sh("ls; ls made made/full")).doesNotContain("mine", "theirs", "file");
        assertThat(session.sh("cat changed made/full/ignored.log")).isEqualTo("2\nx");
        assertThat(session.copy().pending().files()).extracting(Change::path).containsExactly("changed");
    }

    @Test
    void what_a_crash_kept_from_a_worktree_is_there_when_it_is_opened() throws IOException {
        Session session = session("crashed", CopyTest::inPlace);
        session.sh("echo late > file; rm README.md");
        session.sandbox().close();
        // A worktree's store has the same form after a crash between its record and its apply.
        Session later = new Session(
                session.plan().with("bringsBack", "true"), request("crashed").build(), session.sandbox());
        Session opened = opened(later);
        assertThat(files.resolve("file")).hasContent("late");
        assertThat(files.resolve("README.md")).doesNotExist();
        assertThat(opened.copy().pending().isEmpty()).isTrue();
        assertThat(opened.sh("cat file; ls")).isEqualTo("late\nfile");
    }
}
