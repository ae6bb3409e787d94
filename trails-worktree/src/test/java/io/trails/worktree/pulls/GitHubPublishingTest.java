package io.trails.worktree.pulls;

import static io.trails.worktree.pulls.Scene.BRANCH;
import static io.trails.worktree.pulls.Scene.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubPublishingTest {
    static final String PULLS = "/repos/acme/tool/pulls";
    static final PullRequestSpec SPEC = PullRequestSpec.titled("Fix the login").build();

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

    static String pull(int number, String repository, String branch) {
        return """
                {"number":%d,"html_url":"https://git.example.org/acme/tool/pull/%d","state":"open","title":"Fix","draft":false,
                 "user":{"login":"ann"},"body":null,"head":{"label":"x","ref":"%s","sha":"abc","repo":{"full_name":"%s"}},
                 "base":{"ref":"main","repo":{"full_name":"acme/tool"}},"labels":[]}""".formatted(number, number, branch, repository);
    }

    @Test
    void a_branch_is_pushed_and_a_request_opened() {
        api.on("GET " + PULLS, 200, "[]").on("POST " + PULLS, 201, pull(7, "acme/tool", BRANCH));
        var spec = PullRequestSpec.titled("Fix \"the\" login ☃ \ud800")
                .body("Line 1\nLine 2")
                .draft(true)
                .build();

        PullRequestResult result = scene.publisher(Scene.gitHub(api)).publish(spec);

        assertThat(result).isInstanceOfSatisfying(PullRequestResult.Opened.class, opened -> {
            assertThat(opened.request().number()).isEqualTo(7);
            assertThat(opened.request().url()).isEqualTo(URI.create("https://git.example.org/acme/tool/pull/7"));
            assertThat(opened.notes()).isEmpty();
            assertThat(opened.commit()).isEqualTo(scene.remoteBranch());
        });
        assertThat(api.last("GET " + PULLS).query())
                .contains("state=open", "head=acme%3Atrails%2Ffix-login", "base=main");
        ApiServer.Asked post = api.last("POST " + PULLS);
        assertThat(post.authorization()).isEqualTo("Bearer " + TOKEN);
        assertThat(post.body()).isEqualTo("""
                        {"title":"Fix \\"the\\" login ☃ ?","body":"Line 1\\nLine 2","head":"trails/fix-login","base":"main","draft":true}""");
    }

    @Test
    void a_request_that_is_open_is_found_and_gets_what_is_new() throws IOException {
        api.on("GET " + PULLS, 200, "[" + pull(7, "acme/tool", BRANCH) + "]");
        PullRequestPublisher publisher = scene.publisher(Scene.gitHub(api));
        publisher.publish(SPEC);
        String later = scene.commit("later.txt");

        PullRequestResult again = publisher.publish(SPEC);

        assertThat(again).isInstanceOf(PullRequestResult.Existing.class);
        assertThat(again.commit()).isEqualTo(later).isEqualTo(scene.remoteBranch());
        assertThat(api.calls()).doesNotContain("POST " + PULLS);
    }

    @Test
    void requests_of_other_branches_and_forks_are_not_taken_for_it() {
        api.on(
                        "GET " + PULLS,
                        200,
                        "[" + pull(1, "acme/tool", "other") + "," + pull(2, "eve/tool", BRANCH) + ",{\"number\":3}]")
                .on("POST " + PULLS, 201, pull(7, "acme/tool", BRANCH));
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC)).isInstanceOf(PullRequestResult.Opened.class);
    }

    @Test
    void one_that_somebody_opened_meanwhile_is_found() {
        api.on("GET " + PULLS, 200, "[]")
                .on("GET " + PULLS, 200, "[" + pull(8, "acme/tool", BRANCH) + "]")
                .on("POST " + PULLS, 422, """
                        {"message":"Validation Failed","errors":[{"resource":"PullRequest","code":"custom",
                         "message":"A pull request already exists for acme:trails/fix-login."}]}""");
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC))
                .isInstanceOfSatisfying(
                        PullRequestResult.Existing.class,
                        existing -> assertThat(existing.request().number()).isEqualTo(8));
    }

    @Test
    void a_fork_is_pushed_to_and_named_as_the_head() {
        api.on("GET " + PULLS, 200, "[]").on("POST " + PULLS, 201, pull(9, "ann/tool", BRANCH));
        var spec = PullRequestSpec.titled("Fix").fork("mine").base("main").build();

        assertThat(scene.publisher(Scene.gitHub(api)).publish(spec)).isInstanceOf(PullRequestResult.Opened.class);

        assertThat(api.last("POST " + PULLS).body()).contains("\"head\":\"ann:trails/fix-login\"");
        assertThat(api.last("GET " + PULLS).query()).contains("head=ann%3Atrails%2Ffix-login");
        assertThat(scene.remoteBranch()).isEmpty();
        assertThat(scene.fork.git("rev-parse", BRANCH)).isEqualTo(scene.clone.git("rev-parse", BRANCH));
    }

    @Test
    void labels_and_reviewers_are_set_and_their_failure_is_a_note() {
        api.on("GET " + PULLS, 200, "[]")
                .on("POST " + PULLS, 201, pull(7, "acme/tool", BRANCH))
                .on("POST /repos/acme/tool/issues/7/labels", 200, "[{\"name\":\"bug\"}]")
                .on(
                        "POST " + PULLS + "/7/requested_reviewers",
                        422,
                        "{\"message\":\"Reviews may only be requested from collaborators.\"}");
        var spec = PullRequestSpec.titled("Fix")
                .labels("bug", "agent's")
                .reviewers("bob")
                .build();

        PullRequestResult result = scene.publisher(Scene.gitHub(api)).publish(spec);

        assertThat(result).isInstanceOf(PullRequestResult.Opened.class);
        assertThat(api.last("POST /repos/acme/tool/issues/7/labels").body())
                .isEqualTo("{\"labels\":[\"bug\",\"agent's\"]}");
        assertThat(result.notes())
                .extracting(Reason::message)
                .singleElement()
                .asString()
                .contains("collaborators");
    }

    @Test
    void without_a_token_the_branch_is_pushed_and_the_page_named() {
        Map<String, String> environment = new HashMap<>(scene.environment());
        environment.remove("GH_ENTERPRISE_TOKEN");
        environment.put("GITHUB_TOKEN", "for-another-server");

        PullRequestResult result =
                scene.publisher(Scene.gitHub(api)).withEnvironment(environment).publish(SPEC);

        assertThat(result).isInstanceOfSatisfying(PullRequestResult.OnlyPushed.class, pushed -> {
            assertThat(pushed.comparePage())
                    .contains(URI.create("https://git.example.org/acme/tool/compare/main...trails/fix-login?expand=1"));
            assertThat(pushed.reason().code()).isEqualTo("worktree.pull-no-token");
        });
        assertThat(scene.remoteBranch()).isEqualTo(result.commit());
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void a_server_that_nobody_knows_still_gets_the_branch() {
        PullRequestResult result = PullRequestPublisher.of(scene.clone.directory(), BRANCH)
                .withEnvironment(scene.environment())
                .publish(SPEC);
        assertThat(result)
                .isInstanceOfSatisfying(
                        PullRequestResult.OnlyPushed.class,
                        pushed -> assertThat(pushed.reason().code()).isEqualTo("worktree.pull-unknown-server"));
        assertThat(scene.remoteBranch()).isEqualTo(result.commit());
    }

    @Test
    void a_token_comes_from_a_credential_helper_of_the_users() {
        scene.clone.git(
                "config",
                "credential.https://git.example.org.helper",
                "!f() { cat >&2; echo username=ann; echo password=" + TOKEN + "; }; f");
        Map<String, String> environment = new HashMap<>(scene.environment());
        environment.remove("GH_ENTERPRISE_TOKEN");
        api.on("GET " + PULLS, 200, "[" + pull(7, "acme/tool", BRANCH) + "]");

        assertThat(scene.publisher(Scene.gitHub(api))
                        .withEnvironment(environment)
                        .publish(SPEC))
                .isInstanceOf(PullRequestResult.Existing.class);
        assertThat(api.last("GET " + PULLS).authorization()).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void work_that_is_not_committed_is_noted() throws IOException {
        api.on("GET " + PULLS, 200, "[" + pull(7, "acme/tool", BRANCH) + "]");
        scene.clone.write("new.txt", "not committed\n");
        assertThat(scene.publisher(Scene.gitHub(api)).publish(SPEC).notes())
                .extracting(Reason::code)
                .containsExactly("worktree.pull-uncommitted");
    }
}
