package io.trails.worktree.pulls;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.repo.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** One branch on its way to a server. Immutable. */
record Publication(Git git, Repository repository, String branch, Tokens tokens, Servers servers, Duration timeout) {
    static Publication of(
            Path directory, String branch, Map<String, String> environment, Servers servers, Duration timeout) {
        if (!Files.isDirectory(directory)) throw noRepository(directory);
        GitProgram program = GitProgram.find(environment)
                .orElseThrow(() -> new TrailsException(
                        "worktree.git-missing", "There is no git on the PATH to push with; install it"));
        Repository repository = Repository.find(new Git(program, directory)).orElseThrow(() -> noRepository(directory));
        Git git = new Git(program, repository.topLevel().orElse(repository.commonDirectory()));
        return new Publication(git, repository, branch, new Tokens(git, environment), servers, timeout);
    }

    private static TrailsException noRepository(Path directory) {
        return new TrailsException(
                "worktree.pull-no-branch", "There is no repository at " + directory + " that git would push from");
    }

    PullRequestResult publish(PullRequestSpec spec) {
        String commit = git.ref("refs/heads/" + branch)
                .orElseThrow(() -> new TrailsException(
                        "worktree.pull-no-branch",
                        "The repository at " + git.directory() + " has no branch '" + branch + "'"));
        var remotes = new Remotes(git, timeout);
        String baseRemote = remotes.forBase(spec.remote(), spec.base());
        String headRemote = spec.fork().map(remotes::existing).orElse(baseRemote);
        String base = spec.base().orElseGet(() -> defaultBranch(remotes, baseRemote));
        if (base.equals(branch) && baseRemote.equals(headRemote)) {
            throw new TrailsException(
                    "worktree.pull-no-branch",
                    "The branch '" + branch + "' cannot be merged into itself; name another base");
        }
        TreeState tree = TreeState.of(git, repository);
        boolean hooks = spec.runsHooksInTree() || !tree.hooksInTree();
        new BranchPush(git, remotes, baseRemote, base, hooks, timeout).push(headRemote, branch, commit);
        LoggerFactory.getLogger(Publication.class).debug("pushed {} at {} to {}", branch, commit, headRemote);

        List<Reason> notes = new ArrayList<>(tree.notes(branch, hooks));
        Optional<RemoteUrl> to = remotes.url(baseRemote, false);
        Optional<RemoteUrl> from = remotes.url(headRemote, !headRemote.equals(baseRemote));
        if (to.isEmpty() || from.isEmpty()) {
            return new PullRequestResult.OnlyPushed(Optional.empty(), local(baseRemote), commit, notes);
        }
        return request(new PullRequestTarget(to.get(), base, from.get(), branch), spec, commit, notes);
    }

    private static String defaultBranch(Remotes remotes, String remote) {
        return remotes.list(remote)
                .head()
                .orElseThrow(() -> new TrailsException(
                        "worktree.pull-remote",
                        "The remote '" + remote + "' names no default branch; name the base in the specification"));
    }

    private PullRequestResult request(
            PullRequestTarget target, PullRequestSpec spec, String commit, List<Reason> notes) {
        Optional<PullRequests> server = servers.of(target.base());
        if (server.isEmpty()) {
            return new PullRequestResult.OnlyPushed(Optional.empty(), unknown(target.base()), commit, notes);
        }
        PullRequests requests = server.get();
        Optional<AccessToken> found = tokens.find(target.base(), requests.tokenVariables(target.base()));
        if (found.isEmpty()) {
            return new PullRequestResult.OnlyPushed(
                    requests.comparePage(target), noToken(requests, target.base()), commit, notes);
        }
        AccessToken token = found.get();
        Optional<PullRequest> existing = requests.find(target, token);
        if (existing.isPresent()) return existing(requests, target, existing.get(), spec, token, commit, notes);
        PullRequest opened;
        try {
            opened = requests.open(target, spec, token);
        } catch (TrailsException refused) {
            // Another host may have been faster, or the first try did arrive.
            boolean exists = refused.code().equals("worktree.pull-refused");
            Optional<PullRequest> meanwhile = exists ? requests.find(target, token) : Optional.empty();
            if (meanwhile.isEmpty()) throw refused;
            return existing(requests, target, meanwhile.get(), spec, token, commit, notes);
        }
        label(requests, target, opened, spec, token, notes);
        if (!spec.reviewers().isEmpty()) {
            attempt(() -> requests.askReviewers(target, opened, spec.reviewers(), token), notes);
        }
        return new PullRequestResult.Opened(opened, commit, notes);
    }

    private static PullRequestResult existing(
            PullRequests requests,
            PullRequestTarget target,
            PullRequest existing,
            PullRequestSpec spec,
            AccessToken token,
            String commit,
            List<Reason> notes) {
        label(requests, target, existing, spec, token, notes);
        return new PullRequestResult.Existing(existing, commit, notes);
    }

    private static void label(
            PullRequests requests,
            PullRequestTarget target,
            PullRequest request,
            PullRequestSpec spec,
            AccessToken token,
            List<Reason> notes) {
        if (!spec.labels().isEmpty()) attempt(() -> requests.label(target, request, spec.labels(), token), notes);
    }

    /** The request is there: that it is not all that was wished for is no failure. */
    private static void attempt(Runnable step, List<Reason> notes) {
        try {
            step.run();
        } catch (TrailsException failed) {
            notes.add(new Reason(failed.code(), String.valueOf(failed.getMessage()), "Do it on the request's page"));
        }
    }

    private static Reason local(String remote) {
        return new Reason(
                "worktree.pull-no-server",
                "The remote '" + remote + "' is a repository without a server for pull requests",
                "Merge the branch there, or name another remote");
    }

    private static Reason unknown(RemoteUrl repository) {
        return new Reason(
                "worktree.pull-unknown-server",
                "Nobody knows how to open a pull request at " + repository.webAuthority(),
                "Name its kind with PullRequestPublisher.withServer, or open it by hand");
    }

    private static Reason noToken(PullRequests requests, RemoteUrl repository) {
        List<String> variables = requests.tokenVariables(repository);
        return new Reason(
                "worktree.pull-no-token",
                "There is no token for " + repository.webAuthority(),
                "Open the page, or " + (variables.isEmpty() ? "" : "set " + String.join(" or ", variables) + ", or ")
                        + "store one with git credential");
    }
}
