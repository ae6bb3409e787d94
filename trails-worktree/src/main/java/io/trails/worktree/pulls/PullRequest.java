package io.trails.worktree.pulls;

import java.net.URI;
import java.util.Objects;

/**
 * A pull request on a server, or a merge request, as GitLab calls it. Immutable.
 *
 * @param number within its repository
 * @param url of its page
 * @param title as the server has it
 * @param draft whether it is not ready yet
 */
public record PullRequest(long number, URI url, String title, boolean draft) {
    /** Checks the components. */
    public PullRequest {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(title, "title");
    }
}
