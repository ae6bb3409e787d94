package io.trails.worktree.pulls;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.pull.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The remotes of a repository, by name: their URLs stay git's business wherever possible. Immutable. */
record Remotes(Git git, Duration timeout) {
    private static final String SYMBOLIC = "ref: ";

    /** The remote that gets a request: the given one, the one that the base follows, {@code origin}, or the only one. */
    String forBase(Optional<String> given, Optional<String> base) {
        List<String> names = git.run("remote").lines();
        if (given.isPresent()) return existing(given.get(), names);
        Optional<String> followed = base.flatMap(this::followed).filter(names::contains);
        if (followed.isPresent()) return followed.get();
        if (names.contains("origin")) return "origin";
        if (names.size() == 1) return names.get(0);
        throw new TrailsException(
                "worktree.pull-remote",
                names.isEmpty()
                        ? "The repository at " + git.directory() + " has no remote; add one with git remote add"
                        : "The repository at " + git.directory() + " has the remotes " + names
                                + " and none of them is 'origin'; name one in the specification");
    }

    /** Also for a name that is given: git would take it for a URL, or for a program's. */
    String existing(String name) {
        return existing(name, git.run("remote").lines());
    }

    private String existing(String name, List<String> names) {
        if (names.contains(name)) return name;
        throw new TrailsException(
                "worktree.pull-remote",
                "The repository at " + git.directory() + " has no remote '" + Secret.withoutUserInfo(name)
                        + "'; it has " + names);
    }

    private Optional<String> followed(String branch) {
        GitResult answer = git.run(
                GitCall.of("config", "--get", "branch." + branch + ".remote").accepting(0, 1));
        return answer.ok() ? Optional.of(answer.text()) : Optional.empty();
    }

    /** After the user's rewriting by {@code insteadOf}; empty for a repository on this machine. */
    Optional<RemoteUrl> url(String remote, boolean forPush) {
        return RemoteUrl.parse(
                forPush
                        ? git.text("remote", "get-url", "--push", "--", remote)
                        : git.text("remote", "get-url", "--", remote));
    }

    /** The refs that a remote has now. */
    Listing list(String remote, String... refs) {
        GitCall call = GitCall.of("ls-remote", "--quiet", "--symref", "--", remote, "HEAD")
                .and(refs)
                .timeout(timeout)
                .accepting(0, 1, 128);
        GitResult answer = git.run(call);
        if (!answer.ok()) {
            throw new TrailsException(
                    "worktree.pull-remote-unreachable",
                    "The remote '" + remote + "' does not answer: " + Secret.withoutUserInfo(answer.errors())
                            + "; see that git ls-remote " + remote + " works without asking anybody");
        }
        return Listing.parse(new String(answer.bytes(), StandardCharsets.UTF_8));
    }

    /**
     * What a remote has.
     *
     * @param head the branch that is its default, short
     * @param commits by full name
     */
    record Listing(Optional<String> head, Map<String, String> commits) {
        static Listing parse(String text) {
            Optional<String> head = Optional.empty();
            var commits = new LinkedHashMap<String, String>();
            for (String line : text.split("\n", -1)) {
                int tab = line.indexOf('\t');
                if (tab < 0) continue;
                String name = line.substring(tab + 1);
                String value = line.substring(0, tab);
                if (!value.startsWith(SYMBOLIC)) {
                    commits.put(name, value);
                } else if (name.equals("HEAD") && value.startsWith(SYMBOLIC + "refs/heads/")) {
                    head = Optional.of(value.substring((SYMBOLIC + "refs/heads/").length()));
                }
            }
            return new Listing(head, Map.copyOf(commits));
        }

        Optional<String> branch(String name) {
            return Optional.ofNullable(commits.get("refs/heads/" + name));
        }
    }
}
