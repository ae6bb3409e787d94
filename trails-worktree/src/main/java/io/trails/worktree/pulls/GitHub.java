package io.trails.worktree.pulls;

import static io.trails.worktree.pulls.Api.encode;
import static io.trails.worktree.pulls.Api.encodePath;

import io.trails.worktree.internal.pull.JsonNode;
import io.trails.worktree.internal.pull.JsonText;
import io.trails.worktree.internal.pull.Rest;
import io.trails.worktree.internal.pull.RestLimits;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * GitHub's REST API, of github.com and of GitHub Enterprise. Immutable.
 *
 * @param api of one server
 */
record GitHub(Api api) implements PullRequests {
    private static final String PUBLIC = "github.com";
    private static final String CLOUD = ".ghe.com";
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28");
    private static final List<String> PUBLIC_TOKENS = List.of("GH_TOKEN", "GITHUB_TOKEN");
    private static final List<String> ENTERPRISE_TOKENS = List.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");

    static GitHub at(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals(PUBLIC)) return at(name, URI.create("https://api.github.com"));
        if (name.endsWith(CLOUD)) return at(name, URI.create("https://api." + name));
        return at(name, URI.create("https://" + name + "/api/v3"));
    }

    static GitHub at(String host, URI base) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean ofPublic = name.equals(PUBLIC) || name.endsWith(CLOUD);
        return new GitHub(new Api(name, base, ofPublic ? PUBLIC_TOKENS : ENTERPRISE_TOKENS, RestLimits.usual()));
    }

    /** For a host that only looks like one: the environment's tokens are not for it. */
    GitHub withoutVariables() {
        return new GitHub(new Api(api.host(), api.base(), List.of(), api.limits()));
    }

    @Override
    public String id() {
        return "github";
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
        String from = encodePath(target.headBranch());
        if (target.isFork()) from = encode(target.head().owner()) + ":" + from;
        return Optional.of(URI.create("https://" + target.base().webAuthority() + "/"
                + encodePath(target.base().path()) + "/compare/" + encodePath(target.baseBranch()) + "..." + from
                + "?expand=1"));
    }

    @Override
    public Optional<PullRequest> find(PullRequestTarget target, AccessToken token) {
        String head = target.head().owner() + ":" + target.headBranch();
        try (Rest rest = api.open(token, HEADERS)) {
            JsonNode found = rest.get(repository(target) + "/pulls?state=open&per_page=100&head=" + encode(head)
                            + "&base=" + encode(target.baseBranch()))
                    .body();
            for (JsonNode each : found.items()) if (isBetween(each, target)) return Optional.of(request(rest, each));
            return Optional.empty();
        }
    }

    /** A server that does not understand the filter gives every request. */
    private static boolean isBetween(JsonNode request, PullRequestTarget target) {
        JsonNode head = request.get("head");
        String repository = head.get("repo").text("full_name").orElse("");
        return head.text("ref").filter(target.headBranch()::equals).isPresent()
                && repository.equalsIgnoreCase(target.head().path())
                && request.get("base")
                        .text("ref")
                        .filter(target.baseBranch()::equals)
                        .isPresent();
    }

    @Override
    public PullRequest open(PullRequestTarget target, PullRequestSpec spec, AccessToken token) {
        String owner = target.head().owner();
        JsonText body = new JsonText()
                .put("title", spec.title())
                .put("body", spec.body())
                .put("head", target.isFork() ? owner + ":" + target.headBranch() : target.headBranch())
                .put("base", target.baseBranch())
                .put("draft", spec.isDraft());
        // The owner alone does not tell two repositories of one organization apart.
        if (target.isFork() && owner.equalsIgnoreCase(target.base().owner()))
            body.put("head_repo", target.head().name());
        try (Rest rest = api.open(token, HEADERS)) {
            return request(rest, rest.post(repository(target) + "/pulls", body).body());
        }
    }

    @Override
    public void label(PullRequestTarget target, PullRequest request, List<String> labels, AccessToken token) {
        try (Rest rest = api.open(token, HEADERS)) {
            rest.post(
                    repository(target) + "/issues/" + request.number() + "/labels",
                    new JsonText().put("labels", labels));
        }
    }

    @Override
    public void askReviewers(PullRequestTarget target, PullRequest request, List<String> reviewers, AccessToken token) {
        try (Rest rest = api.open(token, HEADERS)) {
            rest.post(
                    repository(target) + "/pulls/" + request.number() + "/requested_reviewers",
                    new JsonText().put("reviewers", reviewers));
        }
    }

    private static String repository(PullRequestTarget target) {
        return "/repos/" + encodePath(target.base().path());
    }

    private static PullRequest request(Rest rest, JsonNode node) {
        return Answers.request(rest, node, "number", "html_url", "draft");
    }
}
