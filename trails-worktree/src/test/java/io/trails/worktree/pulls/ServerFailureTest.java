package io.trails.worktree.pulls;

import static io.trails.worktree.pulls.GitHubPublishingTest.PULLS;
import static io.trails.worktree.pulls.GitHubPublishingTest.SPEC;
import static io.trails.worktree.pulls.GitHubPublishingTest.pull;
import static io.trails.worktree.pulls.Scene.BRANCH;
import static io.trails.worktree.pulls.Scene.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import io.trails.worktree.pulls.ApiServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFailureTest {
    @TempDir
    Path scratch;

    private ApiServer api;
    private Scene scene;

    @BeforeEach
    void set_up() throws IOException {
        api = new ApiServer();
        scene = Scene.in(scratch);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private TrailsException failure(PullRequests server) {
        var thrown = new TrailsException[1];
        assertThatExceptionOfType(TrailsException.class)
                .isThrownBy(() -> scene.publisher(server).publish(SPEC))
                .satisfies(failed -> thrown[0] = failed);
        var trace = new StringWriter();
        thrown[0].printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(TOKEN);
        assertThat(thrown[0].getMessage()).hasSizeLessThan(900).doesNotContain("\n");
        assertThat(scene.remoteBranch()).as("pushed").isNotEmpty();
        return thrown[0];
    }

    @ParameterizedTest
    @CsvSource({
        "400, worktree.pull-refused",
        "401, worktree.pull-denied",
        "403, worktree.pull-denied",
        "404, worktree.pull-not-found",
        "409, worktree.pull-refused",
        "422, worktree.pull-refused",
        "429, worktree.pull-rate-limited",
        "500, worktree.pull-unavailable",
        "503, worktree.pull-unavailable",
    })
    void a_refusal_has_a_code_and_the_servers_words_without_the_token(int status, String code) {
        api.on(
                "GET " + PULLS,
                status,
                "{\"message\":\"Bad \\u0007credentials " + TOKEN + "\\nmore" + "x".repeat(5000) + "\"}");
        TrailsException failed = failure(Scene.gitHub(api));
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed).hasMessageContaining("Bad credentials *** more");
    }

    @Test
    void a_spent_rate_is_told_with_its_end() {
        api.on(
                "GET " + PULLS,
                Answer.of(403, "{\"message\":\"API rate limit exceeded\"}")
                        .with("x-ratelimit-remaining", "0")
                        .with("x-ratelimit-reset", "1767225600"));
        assertThat(failure(Scene.gitHub(api)))
                .hasMessageContaining("2026-01-01T00:00:00Z")
                .extracting(TrailsException::code)
                .isEqualTo("worktree.pull-rate-limited");
    }

    @Test
    void a_limit_that_soon_passes_is_waited_for_once() {
        api.on("GET " + PULLS, Answer.of(429, "{}").with("Retry-After", "0"))
                .on("GET " + PULLS, 200, "[" + pull(7, "acme/tool", BRANCH) + "]");
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC)).isInstanceOf(PullRequestResult.Existing.class);
        assertThat(api.calls()).hasSize(2);
    }

    @Test
    void a_limit_that_lasts_is_not_waited_for() {
        api.on("GET " + PULLS, Answer.of(429, "{}").with("Retry-After", "3600"));
        assertThat(failure(Scene.gitHub(api)).code()).isEqualTo("worktree.pull-rate-limited");
        assertThat(api.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void a_busy_gateway_is_tried_once_more(int status) {
        api.on("GET " + PULLS, status, "<html>busy</html>")
                .on("GET " + PULLS, 200, "[" + pull(7, "acme/tool", BRANCH) + "]");
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC)).isInstanceOf(PullRequestResult.Existing.class);
    }

    @Test
    void a_gateway_that_stays_busy_is_not_tried_for_ever() {
        api.on("GET " + PULLS, 502, "<html>busy</html>");
        assertThat(failure(Scene.gitHub(api)).code()).isEqualTo("worktree.pull-unavailable");
        assertThat(api.calls()).hasSize(2);
    }

    @Test
    void a_request_that_was_opened_behind_a_busy_gateway_is_found() {
        api.on("GET " + PULLS, 200, "[]")
                .on("GET " + PULLS, 200, "[" + pull(7, "acme/tool", BRANCH) + "]")
                .on("POST " + PULLS, 502, "")
                .on("POST " + PULLS, 422, "{\"message\":\"Validation Failed\",\"errors\":[\"exists\"]}");
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC)).isInstanceOf(PullRequestResult.Existing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[{\"number\":", "[] []", "\"\\ud83d", "{\"a\":1e99999999999}x"})
    void an_answer_that_is_no_json_is_told(String body) {
        api.on("GET " + PULLS, 200, body);
        assertThat(failure(Scene.gitHub(api)).code()).isEqualTo("worktree.pull-answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"number\":\"seven\",\"html_url\":\"https://x.org/7\"}",
                "{\"number\":7,\"html_url\":\"javascript:alert(1)\"}",
                "{\"number\":7}"
            })
    void an_answer_of_another_shape_is_told(String body) {
        api.on("GET " + PULLS, 200, "[]").on("POST " + PULLS, 201, body);
        assertThat(failure(Scene.gitHub(api)).code()).isEqualTo("worktree.pull-answer");
    }

    @Test
    void deep_nesting_is_told() {
        api.on("GET " + PULLS, 200, "[".repeat(30_000));
        assertThat(failure(Scene.gitHub(api)).code()).isEqualTo("worktree.pull-answer");
    }

    @Test
    void a_huge_answer_is_not_read_to_its_end() {
        api.on("GET " + PULLS, 200, "[" + " ".repeat(1 << 20) + "]");
        assertThat(failure(Scene.gitHub(api)))
                .hasMessageContaining("longer than 65536")
                .extracting(TrailsException::code)
                .isEqualTo("worktree.pull-answer");
    }

    @Test
    void a_body_that_does_not_end_is_given_up() {
        api.on("GET " + PULLS, Answer.of(200, "[").hanging());
        assertThat(failure(Scene.hasty(api)).code()).isEqualTo("worktree.pull-timeout");
    }

    @Test
    void a_server_that_is_not_there_is_told() throws IOException {
        // Nobody listens on a port that is only held.
        try (SocketChannel port = SocketChannel.open()) {
            port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI gone = URI.create("http://127.0.0.1:" + port.socket().getLocalPort() + "/api");
            assertThat(failure(GitHub.at("git.example.org", gone)).code()).isEqualTo("worktree.pull-unavailable");
        }
    }

    @Test
    void a_redirect_on_the_same_server_is_followed() {
        api.on("GET " + PULLS, Answer.of(301, "").with("Location", "/api/repositories/1/pulls"))
                .on("GET /repositories/1/pulls", 200, "[]")
                .on("POST " + PULLS, Answer.of(307, "").with("Location", "/api/repositories/1/pulls"))
                .on("POST /repositories/1/pulls", 201, pull(7, "acme/tool", BRANCH));
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC)).isInstanceOf(PullRequestResult.Opened.class);
        assertThat(api.last("POST /repositories/1/pulls").body()).contains("Fix the login");
    }

    @Test
    void a_redirect_to_another_server_gets_no_token() throws IOException {
        try (ApiServer other = new ApiServer()) {
            api.on("GET " + PULLS, Answer.of(302, "").with("Location", other.base() + "/?t=" + TOKEN));
            assertThat(failure(Scene.gitHub(api)).code()).isEqualTo("worktree.pull-redirected");
            assertThat(other.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://[", "//", "/api/repos/acme/tool/pulls"})
    void a_redirect_that_leads_nowhere_ends(String location) {
        api.on("GET " + PULLS, Answer.of(302, "").with("Location", location));
        assertThat(failure(Scene.gitHub(api)).code()).isIn("worktree.pull-redirected", "worktree.pull-not-found");
    }

    @Test
    void a_token_that_no_header_takes_is_refused_unseen() {
        Map<String, String> environment = new HashMap<>(scene.environment());
        environment.put("GH_ENTERPRISE_TOKEN", "secret\nwith a break");
        assertThatThrownBy(() -> scene.publisher(Scene.gitHub(api))
                        .withEnvironment(environment)
                        .publish(SPEC))
                .hasMessageContaining("GH_ENTERPRISE_TOKEN")
                .hasMessageNotContaining("secret");
        assertThat(api.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://git.example.org/api", "ftp://localhost/api", "https://ann:pw@git.example.org/api", "/api"
            })
    void an_api_is_reached_over_https_or_on_this_machine(String api) {
        assertThatThrownBy(() -> PullRequests.gitHub("git.example.org", URI.create(api)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pw");
    }
}
