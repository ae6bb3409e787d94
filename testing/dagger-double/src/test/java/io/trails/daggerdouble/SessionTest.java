package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NeedsBubblewrap.class)
class SessionTest {

    private static final String SLEEP =
            "{container{from(address:\"debian:12\"){withExec(args:[\"sh\",\"-c\",\"touch /tmp/x; sleep 1000\"]){sync}}}}";

    @TempDir
    Path folder;

    EngineDouble engine;
    Client client;

    @BeforeEach
    void start() throws IOException {
        engine = EngineDouble.start(Release.V1_0_0_BETA_10, folder.resolve("engine"));
        client = new Client(engine, folder);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        engine.close();
    }

    @Test
    void only_the_session_s_token_is_let_in() throws Exception {
        HttpResponse<String> refused = HttpClient.newHttpClient()
                .send(
                        client.request("{version}")
                                .setHeader("Authorization", "Basic Og==")
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void an_upgrade_to_http_2_fails_as_in_the_real_proxy() throws Exception {
        HttpResponse<String> refused = HttpClient.newHttpClient()
                .send(client.request("{version}").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("Upgrade");
    }

    @ParameterizedTest
    @CsvSource({"{version,422", "{nothing},422", "{version},200"})
    void a_query_that_is_not_valid_is_refused(String query, int status) {
        assertThat(client.send(query).join().statusCode()).isEqualTo(status);
    }

    @Test
    void a_client_that_leaves_ends_its_command() {
        CompletableFuture<HttpResponse<String>> answer = client.send(SLEEP);
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 1);
        answer.cancel(true);
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 0);
        assertThat(client.ask("{version}")).contains("v1");
    }

    @Test
    void killing_the_tool_ends_its_session() {
        CompletableFuture<HttpResponse<String>> answer = client.send(SLEEP);
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 1);
        client.tool.destroyForcibly();
        assertThat(answer).failsWithin(Client.DEADLINE);
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 0 && engine.sessions() == 0);
    }

    @Test
    void closing_the_tool_s_input_ends_the_tool() {
        client.close();
        assertThat(client.tool.exitValue()).isZero();
        assertThat(engine.sessions()).isZero();
    }

    @Test
    void a_dead_engine_is_a_bad_gateway_until_it_is_back_without_the_session() throws IOException {
        engine.kill();
        assertThat(client.send("{version}").join().statusCode()).isEqualTo(502);
        engine.faults().lostSessionWait(Duration.ZERO);
        engine.restart();
        HttpResponse<String> lost = client.send("{version}").join();
        assertThat(lost.statusCode()).isEqualTo(200);
        assertThat(lost.body()).contains("\"data\":null", "waiting for client session attachables");
        client.tool.destroyForcibly();
    }

    @Test
    void an_engine_that_is_told_to_stop_says_so_to_those_who_wait() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = client.send(SLEEP);
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 1);
        engine.shutDown();
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).contains("engine is shutting down");
        client.tool.destroyForcibly();
    }

    @Test
    void a_tool_that_is_told_to_stop_answers_what_is_open() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = client.send(SLEEP);
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 1);
        client.tool.destroy();
        assertThat(answer.handle((given, failure) -> failure != null || given.statusCode() == 502)
                        .get(30, TimeUnit.SECONDS))
                .isTrue();
        await().atMost(Client.DEADLINE).until(() -> engine.traffic().running() == 0);
    }

    @Test
    void numbers_of_ids_begin_anew_with_an_engine() throws IOException {
        String first = Client.text(client.ask("{directory{id}}"), "id");
        engine.restart();
        client.tool.destroyForcibly();
        try (Client again = new Client(engine, folder)) {
            assertThat(again.ask("{node(id:\"" + first + "\"){id}}")).contains("missing shared result");
            assertThat(Client.text(again.ask("{directory{withNewFile(path:\"a\",contents:\"b\"){id}}}"), "id"))
                    .isEqualTo(first);
        }
    }

    @Test
    void a_tool_that_is_too_old_gets_no_session() throws IOException {
        Path old = EngineDouble.cli(folder.resolve("old"), "v0.18.19");
        assertThatThrownBy(() -> new Client(old, engine.runnerHost(), folder)).hasMessage("no session");
    }

    @Test
    void played_failures_come_in_their_number() {
        engine.faults().answerWith(503, 2);
        engine.faults().cutAnswers(5, 1);
        assertThat(client.send("{version}").join().statusCode()).isEqualTo(503);
        assertThat(client.send("{version}").join().statusCode()).isEqualTo(503);
        assertThatThrownBy(() -> client.send("{version}").join()).hasRootCauseInstanceOf(IOException.class);
        assertThat(client.send("{version}").join().statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_is_left_on_the_disk() throws IOException {
        client.ask("{container{from(address:\"debian:12\"){withExec(args:[\"true\"]){sync}}}}");
        engine.close();
        // It would go on waiting for an engine.
        client.tool.destroyForcibly();
        try (var left = Files.list(folder.resolve("engine"))) {
            assertThat(left).isEmpty();
        }
    }
}
