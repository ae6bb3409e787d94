package io.trails.worktree.internal.snapshot;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the files of a tree others, and loses none: what is overwritten or deleted is in a snapshot that was kept just before, or
 * it is not touched. The user's index is not. Immutable.
 */
public final class TreeSwitch {
    private static final int ATTEMPTS = 3;

    private final Git git;
    private final Snapshots snapshots;

    public TreeSwitch(Git git, Snapshots snapshots) {
        this.git = git;
        this.snapshots = snapshots;
    }

    /** What has to happen between the last look at the files and the first change of one. */
    public interface Keeper<T> {
        /** Keeps the snapshot, so that all that it holds can be had back. */
        T keep(Snapshot before);
    }

    /**
     * Writes and deletes files until they are those of a tree. Ignored files stay, unless the tree has a file in their place;
     * then they are in the snapshot. If others write at the same time, it begins anew.
     *
     * @param wanted says for a snapshot, which is the tree as it is, to which tree it is to be changed
     * @return what the keeper returned for the snapshot of the files just before
     * @throws TrailsException {@code worktree.files-not-written}; {@code worktree.restore-blocked}
     */
    public <T> T to(Function<Snapshot, String> wanted, Keeper<T> keeper) {
        String refused = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (PrivateIndex index = snapshots.copy()) {
                Snapshot now = snapshots.take(index);
                List<TreeDiff> differences = TreeDiff.between(git, now.tree(), wanted.apply(now));
                if (differences.isEmpty()) return keeper.keep(now);
                HiddenFiles hidden = HiddenFiles.in(git, index);
                now = withUnseen(now, differences, hidden, index);
                T kept = keeper.keep(now);
                String target = withoutSkipped(now, wanted.apply(now), hidden);
                index.refresh();
                GitResult written = git.run(
                        index.on(Plumbing.call("read-tree", "-m", "-u", "--no-sparse-checkout", now.tree(), target)
                                .accepting(0, 128)));
                if (written.ok()) return kept;
                refused = written.errors();
            }
        }
        throw new TrailsException(
                "worktree.files-not-written",
                "The files in " + git.directory() + " could not be brought to another state: " + refused
                        + "; let nobody write there meanwhile, make room, and try again");
    }

    /** Adds what would be overwritten without being seen: what is ignored, and what is hidden from git. */
    private Snapshot withUnseen(Snapshot now, List<TreeDiff> differences, HiddenFiles hidden, PrivateIndex index) {
        Set<RepoPath> touched = differences.stream().map(TreeDiff::path).collect(Collectors.toSet());
        HiddenFiles endangered = hidden.within(touched);
        endangered.reveal(git, index);
        var unseen = new ArrayList<>(endangered.assumed());
        unseen.addAll(endangered.present());
        unseen.addAll(Obstacles.at(
                git.directory(),
                differences.stream().filter(TreeDiff::added).map(TreeDiff::path).toList()));
        if (unseen.isEmpty()) return now;
        index.add(unseen);
        return now.withTree(index.writeTree());
    }

    /** What a sparse checkout leaves out stays out, whatever the target has there. */
    private String withoutSkipped(Snapshot now, String target, HiddenFiles hidden) {
        if (hidden.skipped().isEmpty()) return target;
        List<TreeDiff> skipped = TreeDiff.between(git, now.tree(), target).stream()
                .filter(difference -> hidden.skipped().contains(difference.path()))
                .toList();
        return skipped.isEmpty() ? target : with(target, TreeDiff.oldEntries(skipped));
    }

    private String with(String tree, byte[] entries) {
        try (PrivateIndex other = PrivateIndex.empty(git, Optional.empty())) {
            other.read(tree);
            other.put(entries);
            return other.writeTree();
        }
    }
}
