package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes commits in trails' own name, which need no identity and no key of the user's. Immutable. */
public final class SnapshotCommits {
    private static final String NAME = "trails";
    private static final String ADDRESS = "trails@trails.invalid";

    private final Git git;
    private final Clock clock;

    public SnapshotCommits(Git git, Clock clock) {
        this.git = git;
        this.clock = clock;
    }

    String commit(Snapshot snapshot, String message) {
        var parents = new ArrayList<String>();
        snapshot.head().ifPresent(parents::add);
        List<String> head = List.copyOf(parents);
        parents.add(commit(snapshot.indexTree(), head, "What was staged"));
        Optional<String> stages = snapshot.stages();
        if (stages.isPresent()) parents.add(commit(stages.get(), head, "The stages of what was unmerged"));
        return commit(snapshot.tree(), parents, message);
    }

    /** Makes one; the message is taken as it is. */
    public String commit(String tree, List<String> parents, String message) {
        String date = "@" + Math.max(0, clock.instant().getEpochSecond()) + " +0000";
        GitCall call = Plumbing.call("commit-tree", "--no-gpg-sign")
                .config("i18n.commitEncoding", "UTF-8")
                .with("GIT_AUTHOR_NAME", NAME)
                .with("GIT_AUTHOR_EMAIL", ADDRESS)
                .with("GIT_AUTHOR_DATE", date)
                .with("GIT_COMMITTER_NAME", NAME)
                .with("GIT_COMMITTER_EMAIL", ADDRESS)
                .with("GIT_COMMITTER_DATE", date)
                .input(message);
        for (String parent : parents) call = call.and("-p", parent);
        return git.run(call.and("-F", "-", tree)).text();
    }
}
