package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Capture;
import io.trails.Command;
import io.trails.ContainerRecipe;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Input;
import io.trails.Limits;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.daggerdouble.scene.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How commands run, end, and are paid for. */
class CommandsTest extends SessionBench {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private CompletableFuture<ExecResult> later(Session session, Command command) {
        return CompletableFuture.supplyAsync(() -> session.sandbox().exec(command), threads);
    }

    private static ExecResult result(CompletableFuture<ExecResult> future) throws Exception {
        return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitRunning() {
        await().atMost(LIMIT).until(() -> played().traffic().running() > 0);
    }

    @Test
    void a_command_costs_one_request_two_with_changes_and_never_more_than_three() throws IOException {
        Session session = session("cost");
        session.sh("true");
        assertThat(requests(() -> session.sh("true"))).isEqualTo(1);
        assertThat(requests(() -> session.sh("echo x > file"))).isEqualTo(2);
        Files.writeString(files.resolve("by-the-user"), "edited");
        Command all = shell("cat > copy; cat by-the-user >> copy")
                .stdin(Input.bytes(new byte[200_000]))
                .environment(Map.of("ACME_TOKEN", "s3cret-0123456789"));
        assertThat(requests(() -> session.sandbox().exec(all).orThrow())).isEqualTo(3);
        assertThat(files.resolve("copy")).hasSize(200_006);
    }

    private long requests(Runnable work) {
        long before = played().traffic().requests();
        work.run();
        return played().traffic().requests() - before;
    }

    @Test
    void what_a_command_changed_comes_back_though_its_output_cannot_be_kept() throws IOException {
        Session session = session("unkept");
        Command command =
                shell("echo work > file; echo out").capture(Capture.upTo(1000).spillingTo(place.resolve("nowhere/x")));
        assertThatThrownBy(() -> session.sandbox().exec(command))
                .isInstanceOf(TrailsException.class)
                .extracting("code")
                .isEqualTo("exec.spill-failed");
        assertThat(files.resolve("file")).hasContent("work");
        assertThat(session.sh("cat file")).isEqualTo("work");
    }

    @Test
    void what_a_command_had_done_comes_back_though_the_session_is_closed_meanwhile() throws Exception {
        Session session = session("closing");
        session.sh("true");
        long before = played().traffic().requests();
        played().faults().slowAnswers(Duration.ofMillis(700));
        CompletableFuture<ExecResult> running = later(session, shell("echo work > file"));
        // The second one asks for the file.
        await().atMost(LIMIT).until(() -> played().traffic().requests() - before >= 2);
        session.sandbox().close();
        assertThat(result(running).status()).isEqualTo(Status.EXITED);
        assertThat(files.resolve("file")).hasContent("work");
    }

    @Test
    void what_a_killed_command_changed_comes_back() throws IOException {
        Session session = session("killed");
        ExecResult killed = session.run("echo before > kept; kill -9 $$");
        assertThat(killed.exitCode()).isEqualTo(137);
        assertThat(files.resolve("kept")).hasContent("before");
        ExecResult late = session.sandbox()
                .exec(Command.of("sh", "-c", "echo slow > slow; sleep 300").timeout(Duration.ofSeconds(3)));
        assertThat(late.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(late.reason()).map(Reason::code).contains("exec.timeout");
        assertThat(files.resolve("slow")).hasContent("slow");
    }

    @Test
    void a_command_that_kills_its_watcher_is_told_as_killed() throws IOException {
        Session session = session("watcher");
        session.sh("echo one > state");
        ExecResult result = session.run("echo two > state; kill -9 $PPID; sleep 300");
        assertThat(result.status()).isIn(Status.EXITED, Status.CANCELLED);
        assertThat(result.ok()).isFalse();
        assertThat(session.sh("cat state")).isEqualTo("one");
    }

    @Test
    void the_same_command_runs_again_each_time() throws IOException {
        Session session = session("again");
        for (int i = 1; i <= 3; i++) {
            assertThat(session.sh("echo x >> log; wc -l < log")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void a_long_output_takes_little_memory_and_is_spilled_whole() throws IOException {
        Session session = session("output");
        Path spill = place.resolve("spill");
        ExecResult result = session.sandbox()
                .exec(shell("head -c 100000000 /dev/zero | tr '\\0' x")
                        .capture(Capture.upTo(1000).spillingTo(spill)))
                .orThrow();
        assertThat(result.stdout().size()).isEqualTo(100_000_000);
        assertThat(result.stdout().bytes().length).isLessThan(1200);
        assertThat(place.resolve("spill.out")).hasSize(100_000_000);
    }

    @Test
    void a_secret_variable_is_in_no_query_output_or_file() throws IOException {
        Session session = session("secret");
        String secret = "s3cret-0123456789";
        Path spill = place.resolve("spill");
        ExecResult result = session.sandbox()
                .exec(shell("echo $ACME_TOKEN; echo $ACME_TOKEN >&2; echo ${#ACME_TOKEN}")
                        .environment(Map.of("ACME_TOKEN", secret))
                        .capture(Capture.DEFAULT.spillingTo(spill)))
                .orThrow();
        assertThat(result.stdout().text()).isEqualTo("[redacted]\n17\n");
        assertThat(result.stderr().text()).isEqualTo("[redacted]\n");
        assertThat(place.resolve("spill.out")).hasContent("[redacted]\n17\n");
        assertThat(played().traffic().queries())
                .extracting(Traffic.Query::text)
                .noneMatch(text -> text.contains(secret));
        try (var own = Files.walk(place.resolve("own"))) {
            for (Path path : own.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void commands_at_once_run_one_after_the_other_and_none_is_lost() throws Exception {
        Session session = session("parallel");
        var all = new ArrayList<CompletableFuture<ExecResult>>();
        for (int i = 0; i < 6; i++) all.add(later(session, shell("echo x >> log")));
        for (CompletableFuture<ExecResult> one : all) result(one).orThrow();
        assertThat(session.sh("wc -l < log")).isEqualTo("6");
        assertThat(Files.readAllLines(files.resolve("log"))).hasSize(6);
    }

    @Test
    void a_command_waits_no_longer_than_its_time_for_others() throws Exception {
        Session session = session("busy");
        var long1 = later(session, shell("sleep 300"));
        awaitRunning();
        ExecResult second = session.sandbox().exec(Command.of("true").timeout(Duration.ofMillis(300)));
        assertThat(second.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(second.reason()).map(Reason::code).contains("dagger.busy");
        session.sandbox().stop();
        assertThat(result(long1).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void stop_ends_what_another_jvm_runs_and_waits() throws Exception {
        Session session = session("stopped");
        var running = later(session, shell("sleep 300"));
        awaitRunning();
        Session elsewhere = opened(session);
        assertThat(elsewhere.sandbox().usage().processes()).isPositive();
        elsewhere.sandbox().stop();
        ExecResult result = result(running);
        assertThat(result.status()).isEqualTo(Status.CANCELLED);
        assertThat(result.reason()).map(Reason::code).contains("exec.stopped");
        assertThat(session.sh("echo usable")).isEqualTo("usable");
    }

    @Test
    void closing_cancels_what_runs() throws Exception {
        Session session = session("closed");
        var running = later(session, shell("sleep 300"));
        awaitRunning();
        session.sandbox().close();
        assertThat(result(running).status()).isEqualTo(Status.CANCELLED);
        await().atMost(LIMIT).until(() -> played().traffic().running() == 0);
    }

    @Test
    void limits_of_each_process_are_kept_and_told() throws IOException {
        Session session = session(
                "limits",
                request -> request.limits(
                        Limits.builder().fileSize(10_000).openFiles(40).build()));
        assertThat(session.sh("ulimit -n")).isEqualTo("40");
        ExecResult big = session.run("exec head -c 20000 /dev/zero > big");
        assertThat(big.status()).isEqualTo(Status.LIMIT_EXCEEDED);
        assertThat(big.reason()).map(Reason::code).contains("limit.file-size");
    }

    @Test
    void the_time_of_a_command_is_limited_and_that_is_told() throws IOException {
        Limits limits = Limits.builder().wallClock(Duration.ofSeconds(1)).build();
        ExecResult slow = session("slow", request -> request.limits(limits)).run("sleep 300");
        assertThat(slow.status()).isEqualTo(Status.LIMIT_EXCEEDED);
        assertThat(slow.reason()).map(Reason::code).contains("limit.wall-clock");
    }

    @Test
    void a_directory_is_the_containers_or_that_of_the_hosts_files() throws IOException {
        Session session = session("directory");
        Files.createDirectories(files.resolve("src"));
        assertThat(List.of(
                        out(session, Path.of("src")),
                        out(session, files.resolve("src")),
                        out(session, Path.of("/tmp")),
                        out(session, Path.of("src/../."))))
                .containsExactly("/workspace/src", "/workspace/src", "/tmp", "/workspace");
    }

    private static String out(Session session, Path directory) {
        return session.sandbox()
                .exec(shell("pwd").in(directory))
                .orThrow()
                .stdout()
                .text()
                .strip();
    }

    @Test
    void what_an_engine_sets_for_itself_is_not_in_the_environment_but_what_the_command_names_is() throws IOException {
        Session session = session("clean");
        assertThat(session.sh("env | cut -d= -f1").lines()).containsOnly("HOME", "PATH", "PWD");
        Command traced = shell("echo $TRACEPARENT $OTEL_EXPORTER_OTLP_ENDPOINT")
                .environment(Map.of("TRACEPARENT", "00-mine", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector"));
        assertThat(session.sandbox().exec(traced).orThrow().stdout().text().strip())
                .isEqualTo("00-mine http://collector");
    }

    @Test
    void a_command_whose_container_cannot_be_set_up_has_not_run() throws IOException {
        Session session = with(ContainerRecipe.builder().user("root"));
        session.sh("echo agent:x:1000:1000::/home/agent:/bin/sh > /etc/passwd");
        assertThatThrownBy(() -> session.run("id"))
                .isInstanceOf(TrailsException.class)
                .hasMessageContaining("user")
                .extracting(failure -> ((TrailsException) failure).code())
                .isEqualTo("exec.not-started");
    }
}
