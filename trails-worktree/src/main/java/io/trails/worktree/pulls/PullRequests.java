package io.trails.worktree.pulls;

import io.trails.TrailsException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The pull requests of one kind of server. Thread-safe. A host gives its own to {@link PullRequestPublisher#withServer}, or
 * names it in {@code META-INF/services}, or {@code provides} it in its module.
 *
 * <p>What it throws is a {@link TrailsException} whose message does not show the token. A server that refuses a request which
 * exists already is reported as {@code worktree.pull-refused}: then it is looked for again.
 */
public interface PullRequests {
    /**
     * What it is called, for logs.
     *
     * @return such as {@code github}
     */
    String id();

    /**
     * Whether it knows the server. Asks nobody.
     *
     * @param repository the one that would get the request
     * @return true if it does
     */
    boolean supports(RemoteUrl repository);

    /**
     * The environment's variables that may hold a token which may be sent to the server. A variable that is meant for another
     * server must not be among them.
     *
     * @param repository the one that gets the request
     * @return the first that is set is taken; if none is, {@code git credential} is asked for the host
     */
    default List<String> tokenVariables(RemoteUrl repository) {
        return List.of();
    }

    /**
     * The page on which a person opens the request.
     *
     * @param target from where to where
     * @return its address, if there is such a page
     */
    Optional<URI> comparePage(PullRequestTarget target);

    /**
     * Looks for an open request.
     *
     * @param target from where to where
     * @param token for the server
     * @return the request, if there is one
     */
    Optional<PullRequest> find(PullRequestTarget target, AccessToken token);

    /**
     * Opens a request. The branch is pushed already.
     *
     * @param target from where to where
     * @param spec what it says; labels and reviewers come later
     * @param token for the server
     * @return the request
     */
    PullRequest open(PullRequestTarget target, PullRequestSpec spec, AccessToken token);

    /**
     * Adds labels, and takes none away.
     *
     * @param target where the request is
     * @param request which
     * @param labels at least one
     * @param token for the server
     */
    default void label(PullRequestTarget target, PullRequest request, List<String> labels, AccessToken token) {
        throw new TrailsException(
                "worktree.pull-unsupported", id() + " sets no labels; set them on the request's page");
    }

    /**
     * Asks people for a review.
     *
     * @param target where the request is
     * @param request which
     * @param reviewers at least one, by the server's name for them
     * @param token for the server
     */
    default void askReviewers(
            PullRequestTarget target, PullRequest request, List<String> reviewers, AccessToken token) {
        throw new TrailsException(
                "worktree.pull-unsupported", id() + " asks nobody for a review; ask on the request's page");
    }

    /**
     * GitHub at {@code github.com}, or GitHub Enterprise at another host.
     *
     * @param host as in the URL of the remote
     * @return its pull requests
     */
    static PullRequests gitHub(String host) {
        return GitHub.at(host);
    }

    /**
     * GitHub Enterprise whose API is elsewhere.
     *
     * @param host as in the URL of the remote
     * @param api without '/' at its end; {@code https}, or {@code http} on this machine
     * @return its pull requests
     */
    static PullRequests gitHub(String host, URI api) {
        return GitHub.at(host, api);
    }

    /**
     * GitLab at {@code gitlab.com} or at another host.
     *
     * @param host as in the URL of the remote
     * @return its merge requests
     */
    static PullRequests gitLab(String host) {
        return GitLab.at(host);
    }

    /**
     * GitLab whose API is elsewhere.
     *
     * @param host as in the URL of the remote
     * @param api without '/' at its end; {@code https}, or {@code http} on this machine
     * @return its merge requests
     */
    static PullRequests gitLab(String host, URI api) {
        return GitLab.at(host, api);
    }
}
