package io.trails.worktree.pulls;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.pull.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a token comes from: the environment, else git's credential helpers, which are asked through pipes and can ask nobody.
 * Immutable.
 */
record Tokens(Git git, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PASSWORD = "password=";

    Tokens {
        environment = Map.copyOf(environment);
    }

    /** Shows no environment. */
    @Override
    public String toString() {
        return "tokens";
    }

    Optional<AccessToken> find(RemoteUrl repository, List<String> variables) {
        for (String variable : variables) {
            String value = environment.getOrDefault(variable, "").strip();
            if (value.isEmpty()) continue;
            if (!Secret.isUsable(value)) {
                throw new TrailsException(
                        "worktree.pull-token",
                        "The variable " + variable + " holds characters that no token has; set it again");
            }
            return Optional.of(AccessToken.of(value));
        }
        return fromHelpers(repository);
    }

    private Optional<AccessToken> fromHelpers(RemoteUrl repository) {
        GitCall fill = GitCall.of("credential", "fill")
                .input("protocol=https\nhost=" + repository.webAuthority() + "\n\n")
                .with("GIT_TERMINAL_PROMPT", "0")
                .with("GIT_ASKPASS", "")
                .with("SSH_ASKPASS", "")
                .with("GCM_INTERACTIVE", "never")
                .timeout(LIMIT)
                .accepting(0, 1, 128);
        try {
            return password(git.run(fill));
        } catch (GitFailedException helper) {
            // Nobody knows what a helper prints when it fails, so that is not passed on.
            return Optional.empty();
        }
    }

    private static Optional<AccessToken> password(GitResult answer) {
        if (!answer.ok()) return Optional.empty();
        for (String line : answer.lines()) {
            if (!line.startsWith(PASSWORD)) continue;
            String value = line.substring(PASSWORD.length());
            if (Secret.isUsable(value)) return Optional.of(AccessToken.of(value));
        }
        return Optional.empty();
    }
}
