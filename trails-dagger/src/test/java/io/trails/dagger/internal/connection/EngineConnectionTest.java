package io.trails.dagger.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class EngineConnectionTest {
    @TempDir
    Path directory;

    private static ContainerStep shell(String script) {
        return Graph.container().from("debian:12").withExec(ExecOptions.of(List.of("/bin/sh", "-c", script)));
    }

    private static String code(Throwable failure) {
        return ((TrailsException) failure).code();
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void several_leaves_come_in_one_request(Release release) throws IOException {
        try (Scene scene = new Scene(directory, release)) {
            EngineConnection connection = scene.connect();
            assertThat(connection.version()).isEqualTo(release.version());
            scene.engine().traffic().reset();

            Leaf<String> out = shell("echo out; echo err >&2").stdout();
            Leaf<String> err = shell("echo out; echo err >&2").stderr();
            Leaf<Integer> code = shell("echo out; echo err >&2").exitCode();
            Answers answers = connection.ask(Scene.PATIENCE, out, err, code);

            assertThat(answers.get(out)).isEqualTo("out\n");
            assertThat(answers.get(err)).isEqualTo("err\n");
            assertThat(answers.get(code)).isZero();
            assertThat(scene.engine().traffic().requests()).isEqualTo(1);
            assertThat(scene.engine().traffic().executions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void an_id_leads_back_to_its_object(Release release) throws IOException {
        try (Scene scene = new Scene(directory, release)) {
            EngineConnection connection = scene.connect();
            var id = shell("echo kept > /kept").id();
            var kept = connection.ask(Scene.PATIENCE, id).get(id);
            Leaf<String> contents = Graph.container(kept).file("/kept").contents();
            assertThat(connection.ask(Scene.PATIENCE, contents).get(contents)).isEqualTo("kept\n");
        }
    }

    @Test
    void a_command_that_fails_is_told_with_all_that_is_known() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            assertThatThrownBy(() -> connection.ask(
                            Scene.PATIENCE,
                            shell("echo out; echo err >&2; exit 7").sync()))
                    .isInstanceOfSatisfying(ExecFailure.class, failure -> {
                        assertThat(failure.code()).isEqualTo("dagger.exec-failed");
                        assertThat(failure.exitCode()).hasValue(7);
                        assertThat(failure.command()).startsWith("/bin/sh", "-c");
                        assertThat(failure.stdout()).isEqualTo("out");
                        assertThat(failure.stderr()).isEqualTo("err");
                    });
            assertThat(connection.isLost()).isFalse();
        }
    }

    @Test
    void a_command_that_fails_without_details_is_a_failed_request() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            scene.engine().faults().hideExtensions(1);
            assertThatThrownBy(
                            () -> connection.ask(Scene.PATIENCE, shell("exit 7").sync()))
                    .isInstanceOf(GraphException.class);
            assertThat(connection.isLost()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422, 500})
    void a_refused_request_leaves_the_engine_as_it_was(int status) throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            scene.engine().faults().answerWith(status, 1);
            assertThatThrownBy(() -> connection.ask(Scene.PATIENCE, Graph.version()))
                    .isInstanceOf(GraphException.class);
            assertThat(connection.isLost()).isFalse();
            assertThat(connection.ask(Scene.PATIENCE, Graph.version()).get(Graph.version()))
                    .isEqualTo("v0.21.8");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 502, 503})
    void a_session_that_is_over_is_lost_and_begun_anew(int status) throws IOException {
        try (Scene scene = new Scene(directory)) {
            var losses = new ArrayList<EngineLoss>();
            scene.engines().onLoss(losses::add);
            EngineConnection connection = scene.connect();
            scene.engine().faults().answerWith(status, 1);

            assertThatThrownBy(() -> connection.ask(Scene.PATIENCE, Graph.version()))
                    .isInstanceOf(EngineLostException.class)
                    .extracting(EngineConnectionTest::code)
                    .isEqualTo("dagger.engine-lost");
            assertThat(connection.isLost()).isTrue();
            await().atMost(Scene.PATIENCE)
                    .untilAsserted(() -> assertThat(losses)
                            .singleElement()
                            .satisfies(loss -> assertThat(loss.generation()).isEqualTo(1)));
            assertThatThrownBy(() -> connection.ask(Scene.PATIENCE, Graph.version()))
                    .isInstanceOf(EngineLostException.class);

            EngineConnection next = scene.connect();
            assertThat(next.generation()).isEqualTo(2);
            assertThat(next.ask(Scene.PATIENCE, Graph.version()).get(Graph.version()))
                    .isEqualTo("v0.21.8");
        }
    }

    /** As the program answers when the engine was restarted behind its back: with errors, for ever. */
    @Test
    void an_engine_that_answers_nothing_but_errors_is_lost() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            scene.engine().faults().answerWith(500, 2);
            assertThatThrownBy(() -> connection.ask(Scene.PATIENCE, Graph.version()))
                    .isInstanceOf(EngineLostException.class);
            assertThat(connection.isLost()).isTrue();
        }
    }

    /** Others have work in the same engine, which is still there. */
    @Test
    void an_answer_that_is_cut_off_is_no_loss_of_an_engine_that_lives() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            scene.engine().faults().cutAnswers(10, 1);
            assertThatThrownBy(() -> connection.ask(Scene.PATIENCE, Graph.version()))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("lives");
            assertThat(connection.isLost()).isFalse();
        }
    }

    @Test
    void an_engine_that_dies_in_the_middle_of_a_request_is_lost_for_all_who_wait() throws Exception {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            CompletableFuture<Answers> one = connection.send(shell("sleep 300").sync());
            CompletableFuture<Answers> two = connection.send(shell("sleep 301").sync());
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 2);

            scene.killEngine();

            assertThat(failure(one)).isInstanceOf(EngineLostException.class);
            assertThat(failure(two)).isInstanceOf(EngineLostException.class);
            assertThat(connection.isLost()).isTrue();
            scene.engine().restart();
            assertThat(scene.connect().generation()).isEqualTo(2);
        }
    }

    /** The shell that watches it is its parent; without either, the other must not stay. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "sh"})
    void a_program_that_is_killed_is_lost_at_once(String killed) throws Exception {
        try (Scene scene = new Scene(directory)) {
            var losses = new ArrayList<EngineLoss>();
            scene.engines().onLoss(losses::add);
            EngineConnection connection = scene.connect();
            CompletableFuture<Answers> open = connection.send(shell("sleep 300").sync());
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 1);

            boolean shell = killed.equals("sh");
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("dagger.io/sdk.name"))
                    .filter(process ->
                            shell == process.info().command().orElse("").matches(".*/(da|ba)?sh"))
                    .forEach(ProcessHandle::destroyForcibly);

            assertThat(failure(open)).isInstanceOf(EngineLostException.class);
            await().atMost(Scene.PATIENCE)
                    .untilAsserted(() -> assertThat(losses).hasSize(1));
            assertThat(connection.isLost()).isTrue();
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 0);
        }
    }

    @Test
    void cancelling_ends_what_the_engine_does() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            CompletableFuture<Answers> sent = connection.send(shell("sleep 300").sync());
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 1);

            assertThat(sent.cancel(true)).isTrue();

            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 0);
            assertThat(connection.isLost()).isFalse();
        }
    }

    @Test
    void a_deadline_ends_what_the_engine_does() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            assertThatThrownBy(() -> connection.ask(
                            Duration.ofMillis(500), shell("sleep 300").sync()))
                    .extracting(EngineConnectionTest::code)
                    .isEqualTo("dagger.request-timeout");
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 0);
        }
    }

    @Test
    void an_interrupt_ends_what_the_engine_does_and_stays_set() throws Exception {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            var thrown = new AtomicReference<Throwable>();
            var flag = new AtomicReference<Boolean>();
            var asking = new Thread(() -> {
                try {
                    connection.ask(Scene.PATIENCE, shell("sleep 300").sync());
                } catch (RuntimeException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            asking.start();
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 1);
            asking.interrupt();
            asking.join(Scene.PATIENCE.toMillis());
            assertThat(thrown.get()).isInstanceOf(TrailsInterruptedException.class);
            assertThat(flag.get()).isTrue();
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 0);
        }
    }

    /** The last of them ends all others: were one in line behind another, none would end. */
    @Test
    void fifty_requests_wait_for_nobody() throws Exception {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            List<CompletableFuture<Answers>> sent = new ArrayList<>();
            for (int at = 0; at < 49; at++)
                sent.add(connection.send(shell("sleep " + (300 + at)).sync()));
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 49);

            Leaf<String> quick = shell("echo quick").stdout();
            assertThat(connection.ask(Scene.PATIENCE, quick).get(quick)).isEqualTo("quick\n");

            assertThat(sent).noneMatch(CompletableFuture::isDone);
            sent.forEach(each -> each.cancel(true));
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 0);
        }
    }

    @Test
    void closing_fails_what_is_open_and_tells_nobody_of_a_loss() throws Exception {
        try (Scene scene = new Scene(directory)) {
            var losses = new ArrayList<EngineLoss>();
            scene.engines().onLoss(losses::add);
            EngineConnection connection = scene.connect();
            CompletableFuture<Answers> open = connection.send(shell("sleep 300").sync());
            await().atMost(Scene.PATIENCE).until(() -> scene.engine().traffic().running() == 1);
            assertThat(Scene.programs()).isEqualTo(1);

            connection.close();

            assertThat(failure(open)).isInstanceOf(EngineLostException.class);
            assertThat(Scene.programs()).isZero();
            await().atMost(Scene.PATIENCE).until(() -> Scene.children() == 0);
            assertThat(losses).isEmpty();
            assertThat(connection.isLost()).isTrue();
            connection.close();
            assertThat(scene.connect().generation()).isEqualTo(2);
        }
    }

    @Test
    void many_threads_share_one_connection() throws Exception {
        try (Scene scene = new Scene(directory)) {
            var start = new CountDownLatch(1);
            List<CompletableFuture<EngineConnection>> all = new ArrayList<>();
            for (int at = 0; at < 20; at++) {
                var connection = new CompletableFuture<EngineConnection>();
                all.add(connection);
                new Thread(() -> {
                            try {
                                start.await(60, TimeUnit.SECONDS);
                                connection.complete(scene.connect());
                            } catch (InterruptedException | RuntimeException e) {
                                connection.completeExceptionally(e);
                            }
                        })
                        .start();
            }
            start.countDown();
            for (CompletableFuture<EngineConnection> each : all)
                assertThat(each.get(60, TimeUnit.SECONDS)).isSameAs(all.get(0).get(60, TimeUnit.SECONDS));
            assertThat(Scene.children()).isEqualTo(1);
            assertThat(scene.engine().sessions()).isEqualTo(1);
        }
    }

    @Test
    void another_choice_is_another_connection() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection one = scene.connect();
            EngineConnection two = scene.engines().connect(scene.choice("other", Scene.PATIENCE));
            assertThat(two).isNotSameAs(one);
            assertThat(scene.engine().sessions()).isEqualTo(2);
        }
    }

    @Test
    void no_part_of_a_secret_is_left_where_a_message_is_cut() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            String secret = "hunter2-".repeat(100);
            connection.ask(Scene.PATIENCE, Graph.secret("s", secret).id());
            for (int before = 700; before <= 1_000; before += 100) {
                var step = Graph.container().from("x".repeat(before) + secret).rootfs();
                assertThatThrownBy(() -> connection.ask(Scene.PATIENCE, step.id()))
                        .isInstanceOf(GraphException.class)
                        .hasMessageContaining("xxx")
                        .hasMessageNotContaining("hunter2");
            }
        }
    }

    @Test
    void a_secret_is_shown_in_no_message() throws IOException {
        try (Scene scene = new Scene(directory)) {
            EngineConnection connection = scene.connect();
            connection.ask(Scene.PATIENCE, Graph.secret("s", "hunter2-hunter2").id());
            assertThatThrownBy(() -> connection.ask(
                            Scene.PATIENCE,
                            Graph.container().from("no/hunter2-hunter2").id()))
                    .isInstanceOfSatisfying(GraphException.class, e -> {
                        assertThat(e.getMessage()).doesNotContain("hunter2");
                        assertThat(e.errors().toString()).doesNotContain("hunter2");
                    });
        }
    }
}
