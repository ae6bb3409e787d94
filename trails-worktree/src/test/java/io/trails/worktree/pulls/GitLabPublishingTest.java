package io.trails.worktree.pulls;

import static io.trails.worktree.pulls.Scene.BRANCH;
import static io.trails.worktree.pulls.Scene.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitLabPublishingTest {
    private static final String REQUESTS = "/projects/acme%2Ftool/merge_requests";

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

    private static String merge(int number, int source) {
        return """
                {"id":9001,"iid":%d,"project_id":11,"title":"Fix","state":"opened","draft":true,"source_branch":"%s",
                 "target_branch":"main","source_project_id":%d,"target_project_id":11,
                 "web_url":"https://git.example.org/acme/tool/-/merge_requests/%d"}""".formatted(number, BRANCH, source, number);
    }

    @Test
    void a_merge_request_is_opened_with_labels_and_reviewers() {
        api.on("GET " + REQUESTS, 200, "[]")
                .on("POST " + REQUESTS, 201, merge(4, 11))
                .on("GET /users", 200, "[{\"id\":77,\"username\":\"bob\"}]")
                .on("PUT " + REQUESTS + "/4", 200, merge(4, 11));
        var spec = PullRequestSpec.titled("Fix")
                .body("why")
                .draft(true)
                .labels("bug", "agent")
                .reviewers("bob")
                .build();

        PullRequestResult result = scene.publisher(Scene.gitLab(api)).publish(spec);

        assertThat(result).isInstanceOfSatisfying(PullRequestResult.Opened.class, opened -> {
            assertThat(opened.request())
                    .isEqualTo(new PullRequest(
                            4, URI.create("https://git.example.org/acme/tool/-/merge_requests/4"), "Fix", true));
            assertThat(opened.notes()).isEmpty();
        });
        assertThat(api.last("GET " + REQUESTS).query())
                .contains("state=opened", "source_branch=trails%2Ffix-login", "target_branch=main");
        assertThat(api.last("POST " + REQUESTS).authorization()).isEqualTo("Bearer " + TOKEN);
        assertThat(api.last("POST " + REQUESTS).body())
                .isEqualTo(
                        "{\"source_branch\":\"trails/fix-login\",\"target_branch\":\"main\",\"title\":\"Draft: Fix\",\"description\":\"why\"}");
        assertThat(api.asked())
                .extracting(ApiServer.Asked::body)
                .contains("{\"add_labels\":\"bug,agent\"}", "{\"reviewer_ids\":[77]}");
    }

    @Test
    void a_merge_request_that_is_open_is_found_but_not_that_of_a_fork() {
        api.on("GET " + REQUESTS, 200, "[" + merge(1, 99) + "," + merge(2, 11) + "]");
        assertThat(scene.publisher(Scene.gitLab(api))
                        .publish(PullRequestSpec.titled("Fix").build()))
                .isInstanceOfSatisfying(
                        PullRequestResult.Existing.class,
                        existing -> assertThat(existing.request().number()).isEqualTo(2));
    }

    @Test
    void a_fork_opens_a_merge_request_in_the_project_it_came_from() {
        api.on("GET /projects/ann%2Ftool", 200, "{\"id\":99}")
                .on("GET /projects/acme%2Ftool", 200, "{\"id\":11}")
                .on("GET " + REQUESTS, 200, "[" + merge(2, 11) + "]")
                .on("POST /projects/ann%2Ftool/merge_requests", 201, merge(5, 99));
        var spec = PullRequestSpec.titled("Fix").fork("mine").build();

        assertThat(scene.publisher(Scene.gitLab(api)).publish(spec)).isInstanceOf(PullRequestResult.Opened.class);
        assertThat(api.last("POST /projects/ann%2Ftool/merge_requests").body()).contains("\"target_project_id\":11");
    }

    @Test
    void one_that_somebody_opened_meanwhile_is_found() {
        api.on("GET " + REQUESTS, 200, "[]")
                .on("GET " + REQUESTS, 200, "[" + merge(3, 11) + "]")
                .on(
                        "POST " + REQUESTS,
                        409,
                        "{\"message\":[\"Another open merge request already exists for this source branch: !3\"]}");
        assertThat(scene.publisher(Scene.gitLab(api))
                        .publish(PullRequestSpec.titled("Fix").build()))
                .isInstanceOf(PullRequestResult.Existing.class);
    }

    @Test
    void a_refusal_is_told_in_the_servers_words() {
        api.on("GET " + REQUESTS, 200, "[]")
                .on("POST " + REQUESTS, 400, "{\"message\":{\"title\":[\"is too long (maximum is 255 characters)\"]}}");
        assertThatThrownBy(() -> scene.publisher(Scene.gitLab(api))
                        .publish(PullRequestSpec.titled("Fix").build()))
                .hasMessageContaining("is too long (maximum is 255 characters)");
    }

    @Test
    void a_reviewer_that_nobody_knows_is_a_note() {
        api.on("GET " + REQUESTS, 200, "[]")
                .on("POST " + REQUESTS, 201, merge(4, 11))
                .on("GET /users", 200, "[]");
        var spec = PullRequestSpec.titled("Fix").reviewers("nobody").build();
        assertThat(scene.publisher(Scene.gitLab(api)).publish(spec).notes())
                .extracting(Reason::message)
                .singleElement()
                .asString()
                .contains("'nobody'");
    }

    @Test
    void the_page_for_a_new_one_names_both_branches() {
        var target = new PullRequestTarget(
                RemoteUrl.parse("git@gitlab.com:group/sub/tool.git").orElseThrow(),
                "main",
                RemoteUrl.parse("git@gitlab.com:group/sub/tool.git").orElseThrow(),
                "trails/a&b#c");
        assertThat(PullRequests.gitLab("gitlab.com").comparePage(target))
                .contains(
                        URI.create(
                                "https://gitlab.com/group/sub/tool/-/merge_requests/new"
                                        + "?merge_request%5Bsource_branch%5D=trails%2Fa%26b%23c&merge_request%5Btarget_branch%5D=main"));
    }
}
