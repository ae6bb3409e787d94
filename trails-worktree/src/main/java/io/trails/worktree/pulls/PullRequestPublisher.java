package io.trails.worktree.pulls;

import io.trails.Session;
import io.trails.SessionInfo;
import io.trails.TrailsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Publishes a session's branch: pushes it, and opens a pull request for it unless there is one. Immutable.
 *
 * <pre>{@code
 * PullRequestResult result = PullRequestPublisher.of(session)
 *         .publish(PullRequestSpec.titled("Fix the login").body("...").labels("bug").build());
 * }</pre>
 *
 * <p>What is committed on the branch is published. git pushes it, with the user's own keys and credential helpers, and overwrites
 * nothing that did not come from here. Called again it pushes what is new and finds the request it opened. The token for the
 * server's API is taken from the environment, else from {@code git credential}; it is sent to that server over HTTPS and shown
 * nowhere.
 */
public final class PullRequestPublisher {
    private static final Duration USUAL = Duration.ofMinutes(5);

    private final Path directory;
    private final String branch;
    private final Map<String, String> environment;
    private final List<PullRequests> servers;
    private final boolean discovery;
    private final Duration timeout;

    private PullRequestPublisher(
            Path directory,
            String branch,
            Map<String, String> environment,
            List<PullRequests> servers,
            boolean discovery,
            Duration timeout) {
        this.directory = directory;
        this.branch = branch;
        this.environment = environment;
        this.servers = servers;
        this.discovery = discovery;
        this.timeout = timeout;
    }

    /**
     * For the branch of a session, in the environment of this process.
     *
     * @param session one that has a directory and a branch
     * @return a publisher
     * @throws TrailsException {@code worktree.pull-no-branch} if it has none
     */
    public static PullRequestPublisher of(Session session) {
        Objects.requireNonNull(session, "session");
        SessionInfo info = session.info();
        if (info.directory().isEmpty() || info.branch().isEmpty()) {
            throw new TrailsException(
                    "worktree.pull-no-branch",
                    "The session '" + info.name()
                            + "' works on no branch of its own; use a mode such as 'worktree', or name "
                            + "a directory and a branch");
        }
        return of(info.directory().get(), info.branch().get());
    }

    /**
     * For a branch of the repository that a directory belongs to, in the environment of this process.
     *
     * @param directory in a tree of the repository
     * @param branch short, such as {@code trails/fix-login}
     * @return a publisher
     */
    public static PullRequestPublisher of(Path directory, String branch) {
        return new PullRequestPublisher(
                Objects.requireNonNull(directory, "directory"),
                Objects.requireNonNull(branch, "branch"),
                Map.copyOf(System.getenv()),
                List.of(),
                true,
                USUAL);
    }

    /**
     * The same in another environment: it names git, the user's home and the token.
     *
     * @param variables all of it
     * @return a new publisher
     */
    public PullRequestPublisher withEnvironment(Map<String, String> variables) {
        Objects.requireNonNull(variables, "variables");
        return new PullRequestPublisher(directory, branch, Map.copyOf(variables), servers, discovery, timeout);
    }

    /**
     * The same with a server that is asked before those that are discovered and built in.
     *
     * @param server such as {@link PullRequests#gitHub(String)} of a GitHub Enterprise
     * @return a new publisher
     */
    public PullRequestPublisher withServer(PullRequests server) {
        Objects.requireNonNull(server, "server");
        var all = new ArrayList<>(servers);
        all.add(server);
        return new PullRequestPublisher(directory, branch, environment, List.copyOf(all), discovery, timeout);
    }

    /**
     * The same with or without the discovery of {@link PullRequests} services.
     *
     * @param wanted on unless set
     * @return a new publisher
     */
    public PullRequestPublisher withDiscovery(boolean wanted) {
        return new PullRequestPublisher(directory, branch, environment, servers, wanted, timeout);
    }

    /**
     * The same with another limit for each exchange of git with the remote.
     *
     * @param limit five minutes unless set
     * @return a new publisher
     */
    public PullRequestPublisher withTimeout(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return new PullRequestPublisher(directory, branch, environment, servers, discovery, limit);
    }

    /**
     * Pushes the branch, and finds or opens a request for it.
     *
     * @param spec what it says and where it goes
     * @return the request, or why there is none
     * @throws TrailsException {@code worktree.git-missing}; {@code worktree.pull-no-branch} if the branch does not exist;
     *     {@code worktree.pull-remote} if the remote is not clear; {@code worktree.pull-remote-unreachable};
     *     {@code worktree.pull-push-moved} and {@code worktree.pull-push-rejected} if the branch is not pushed; and when it is,
     *     {@code worktree.pull-token}, {@code worktree.pull-denied}, {@code worktree.pull-not-found},
     *     {@code worktree.pull-rate-limited}, {@code worktree.pull-refused}, {@code worktree.pull-redirected},
     *     {@code worktree.pull-answer}, {@code worktree.pull-timeout} and {@code worktree.pull-unavailable}
     */
    public PullRequestResult publish(PullRequestSpec spec) {
        Objects.requireNonNull(spec, "spec");
        Publication publication =
                Publication.of(directory, branch, environment, Servers.of(servers, discovery, environment), timeout);
        return publication.publish(spec);
    }

    /** Shows no environment. */
    @Override
    public String toString() {
        return branch + " in " + directory;
    }
}
