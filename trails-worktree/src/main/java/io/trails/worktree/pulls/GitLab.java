package io.trails.worktree.pulls;

import static io.trails.worktree.pulls.Api.encode;
import static io.trails.worktree.pulls.Api.encodePath;

import io.trails.TrailsException;
import io.trails.worktree.internal.pull.JsonNode;
import io.trails.worktree.internal.pull.JsonText;
import io.trails.worktree.internal.pull.Rest;
import io.trails.worktree.internal.pull.RestLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * GitLab's REST API, of gitlab.com and of servers elsewhere. Immutable.
 *
 * @param api of one server
 */
record GitLab(Api api) implements PullRequests {
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

    static GitLab at(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return at(name, URI.create("https://" + name + "/api/v4"));
    }

    static GitLab at(String host, URI base) {
        return new GitLab(new Api(host.toLowerCase(Locale.ROOT), base, List.of("GITLAB_TOKEN"), RestLimits.usual()));
    }

    /** For a host that only looks like one: the environment's token is not for it. */
    GitLab withoutVariables() {
        return new GitLab(new Api(api.host(), api.base(), List.of(), api.limits()));
    }

    @Override
    public String id() {
        return "gitlab";
    }

    @Override
    public boolean supports(RemoteUrl repository) {
        return api.serves(repository) && !repository.owner().isEmpty();
    }

    @Override
    public List<String> tokenVariables(RemoteUrl repository) {
        return api.tokenVariables();
    }

    @Override
    public Optional<URI> comparePage(PullRequestTarget target) {
        return Optional.of(URI.create("https://" + target.head().webAuthority() + "/"
                + encodePath(target.head().path()) + "/-/merge_requests/new?merge_request%5Bsource_branch%5D="
                + encode(target.headBranch()) + "&merge_request%5Btarget_branch%5D=" + encode(target.baseBranch())));
    }

    @Override
    public Optional<PullRequest> find(PullRequestTarget target, AccessToken token) {
        try (Rest rest = api.open(token, HEADERS)) {
            Optional<Long> fork = target.isFork() ? Optional.of(id(rest, target.head())) : Optional.empty();
            JsonNode found = rest.get(
                            project(target.base()) + "/merge_requests?state=opened&per_page=100&source_branch="
                                    + encode(target.headBranch()) + "&target_branch=" + encode(target.baseBranch()))
                    .body();
            for (JsonNode each : found.items()) {
                if (isBetween(each, target, fork)) return Optional.of(request(rest, each));
            }
            return Optional.empty();
        }
    }

    /** A fork of somebody else's may have a branch of the same name. */
    private static boolean isBetween(JsonNode request, PullRequestTarget target, Optional<Long> fork) {
        Optional<Long> source = Answers.number(request, "source_project_id");
        Optional<Long> wanted = fork.isPresent() ? fork : Answers.number(request, "target_project_id");
        return source.isPresent()
                && source.equals(wanted)
                && request.text("source_branch")
                        .filter(target.headBranch()::equals)
                        .isPresent()
                && request.text("target_branch")
                        .filter(target.baseBranch()::equals)
                        .isPresent();
    }

    @Override
    public PullRequest open(PullRequestTarget target, PullRequestSpec spec, AccessToken token) {
        JsonText body = new JsonText()
                .put("source_branch", target.headBranch())
                .put("target_branch", target.baseBranch())
                .put("title", spec.isDraft() ? "Draft: " + spec.title() : spec.title())
                .put("description", spec.body());
        try (Rest rest = api.open(token, HEADERS)) {
            if (target.isFork()) body.put("target_project_id", id(rest, target.base()));
            return request(
                    rest,
                    rest.post(project(target.head()) + "/merge_requests", body).body());
        }
    }

    @Override
    public void label(PullRequestTarget target, PullRequest request, List<String> labels, AccessToken token) {
        try (Rest rest = api.open(token, HEADERS)) {
            rest.put(page(target, request), new JsonText().put("add_labels", String.join(",", labels)));
        }
    }

    @Override
    public void askReviewers(PullRequestTarget target, PullRequest request, List<String> reviewers, AccessToken token) {
        try (Rest rest = api.open(token, HEADERS)) {
            var ids = new ArrayList<Long>();
            for (String reviewer : reviewers) ids.add(user(rest, reviewer));
            rest.put(page(target, request), new JsonText().put("reviewer_ids", ids));
        }
    }

    private static long user(Rest rest, String name) {
        List<JsonNode> found =
                rest.get("/users?username=" + encode(name)).body().items();
        if (found.isEmpty()) {
            throw new TrailsException(
                    "worktree.pull-refused", "The server knows no user '" + name + "'; no review was asked for");
        }
        return rest.need(Answers.number(found.get(0), "id"), "id");
    }

    private static long id(Rest rest, RemoteUrl repository) {
        return rest.need(Answers.number(rest.get(project(repository)).body(), "id"), "id");
    }

    private static String project(RemoteUrl repository) {
        return "/projects/" + encode(repository.path());
    }

    private static String page(PullRequestTarget target, PullRequest request) {
        return project(target.base()) + "/merge_requests/" + request.number();
    }

    private static PullRequest request(Rest rest, JsonNode node) {
        return Answers.request(rest, node, "iid", "web_url", "draft");
    }
}
