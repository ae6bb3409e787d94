package io.trails.worktree.pulls;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.pull.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Brings a branch to a remote, where it replaces only what came from here: nothing, what was pushed last, or commits that the
 * branch itself adds to its base. The lease makes sure that it still is so when the remote takes it. Immutable.
 *
 * <p>git's own record of what a remote has is no lease: it moves with every fetch, also with one in the background.
 *
 * @param baseBranch short; the branch is not pushed to it
 * @param baseRemote where that is
 * @param hooks whether {@code pre-push} runs
 */
record BranchPush(Git git, Remotes remotes, String baseRemote, String baseBranch, boolean hooks, Duration timeout) {
    private static final String HEADS = "refs/heads/";
    private static final String PUSHED = "refs/trails/pushed/";

    /** Pushes the branch if the remote does not have it. */
    void push(String remote, String branch, String commit) {
        Optional<String> there = remotes.list(remote, HEADS + branch).branch(branch);
        if (there.isPresent() && !there.get().equals(commit) && !cameFromHere(there.get(), remote, branch, commit))
            throw moved(remote, branch);
        if (!there.equals(Optional.of(commit))) send(remote, branch, commit, there);
        git.run(GitCall.of("update-ref", "-m", "trails: pushed", pushedRef(remote, branch), commit)
                .locking());
    }

    private boolean cameFromHere(String there, String remote, String branch, String commit) {
        if (git.ref(pushedRef(remote, branch)).equals(Optional.of(there))) return true;
        if (!isAncestor(there, commit)) return false;
        for (String base : List.of("refs/remotes/" + baseRemote + "/" + baseBranch, HEADS + baseBranch)) {
            Optional<String> tip = git.ref(base);
            if (tip.isPresent()) return !isAncestor(there, tip.get());
        }
        return false;
    }

    /** A commit that is not here is no ancestor. */
    private boolean isAncestor(String commit, String of) {
        return git.run(GitCall.of("merge-base", "--is-ancestor", commit, of).accepting(0, 1, 128))
                .ok();
    }

    private void send(String remote, String branch, String commit, Optional<String> there) {
        var arguments = new ArrayList<>(List.of("push", "--porcelain", "--no-follow-tags"));
        arguments.add("--force-with-lease=" + HEADS + branch + ":" + there.orElse(""));
        if (!hooks) arguments.add("--no-verify");
        // The commit and not the branch, which an agent may move meanwhile.
        arguments.addAll(List.of("--", remote, commit + ":" + HEADS + branch));
        // A hook that asks git for files may name them by patterns.
        GitResult answer = git.run(GitCall.of(arguments)
                .with("GIT_LITERAL_PATHSPECS", "0")
                .locking()
                .timeout(timeout)
                .accepting(0, 1, 128));
        if (answer.ok()) return;
        Optional<String> now = remotes.list(remote, HEADS + branch).branch(branch);
        if (now.equals(Optional.of(commit))) return;
        if (!now.equals(there)) throw moved(remote, branch);
        throw new TrailsException(
                "worktree.pull-push-rejected",
                "The remote '" + remote + "' did not take the branch '" + branch + "': " + why(answer)
                        + "; nothing has changed there");
    }

    /** Of {@code !<tab>from:to<tab>reason}, the reason; what hooks and servers say besides is for people too. */
    private static String why(GitResult answer) {
        var reasons = new ArrayList<String>();
        for (String line : answer.lines()) {
            String[] fields = line.split("\t", 3);
            if (fields.length == 3 && fields[0].equals("!")) reasons.add(fields[2]);
        }
        reasons.add(answer.errors());
        return Secret.withoutUserInfo(String.join(" ", reasons));
    }

    private static TrailsException moved(String remote, String branch) {
        return new TrailsException(
                "worktree.pull-push-moved",
                "The branch '" + branch + "' of the remote '" + remote
                        + "' has commits that did not come from here, and they are not overwritten; "
                        + "fetch and merge them into the branch, or publish under another name");
    }

    /** Names may be of any length, and one may be the directory of another. */
    static String pushedRef(String remote, String branch) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((remote + "\0" + branch).getBytes(StandardCharsets.UTF_8));
            return PUSHED + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
