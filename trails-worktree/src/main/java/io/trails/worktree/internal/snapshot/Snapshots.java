package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.tree.SessionTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes snapshots of one tree. It writes nothing but objects. Immutable, thread-safe. */
public final class Snapshots {
    private final Git git;
    private final Path index;
    private final Optional<String> ignored;
    private final SnapshotCommits commits;
    private final Optional<ScratchObjects> scratch;

    public Snapshots(SessionTree tree) {
        this(
                tree.git(),
                tree.repository().gitDirectory().resolve("index"),
                tree.ignored(),
                new SnapshotCommits(tree.git(), tree.clock()),
                Optional.empty());
    }

    /**
     * Of a tree that is no session's.
     *
     * @param git at the root of the tree
     * @param ignored what in it is trails' own, relative to the root, with '/' at its end
     */
    public Snapshots(Git git, Optional<String> ignored, Clock clock) {
        this(
                git,
                Path.of(git.text("rev-parse", "--absolute-git-dir")).resolve("index"),
                ignored,
                new SnapshotCommits(git, clock),
                Optional.empty());
    }

    private Snapshots(
            Git git, Path index, Optional<String> ignored, SnapshotCommits commits, Optional<ScratchObjects> scratch) {
        this.git = git;
        this.index = index;
        this.ignored = ignored;
        this.commits = commits;
        this.scratch = scratch;
    }

    /** The same, with the objects in a place that is deleted soon. */
    public Snapshots in(ScratchObjects objects) {
        return new Snapshots(git, index, ignored, commits, Optional.of(objects));
    }

    /** All files as git sees them now: files that are hidden from it (assume-unchanged, skip-worktree) are as in the index. */
    public Snapshot take() {
        try (PrivateIndex copy = copy()) {
            return take(copy);
        }
    }

    /** As {@link #take}, with what is on disk of files that are hidden from git: for a tree that is about to be deleted. */
    public Snapshot takeHiddenToo() {
        try (PrivateIndex copy = copy()) {
            HiddenFiles hidden = HiddenFiles.in(git, copy);
            hidden.reveal(git, copy);
            return take(copy, hidden.strays());
        }
    }

    /**
     * Keeps a snapshot as a commit. Its parents are the commit that was checked out, unless there was none, then one of what was
     * staged, then, if the index was unmerged, one of the stages. It is made in trails' own name, unsigned, and without hooks.
     *
     * @return the id of the commit, to which no ref leads yet
     */
    public String commit(Snapshot snapshot, String message) {
        return commits.commit(snapshot, message);
    }

    /** The user's index, to work on. */
    public PrivateIndex copy() {
        return PrivateIndex.copyOf(git, scratch, index);
    }

    /**
     * The same with a copy that holds exactly the snapshot's files afterwards.
     *
     * @param copy a fresh {@link #copy()}
     */
    public Snapshot take(PrivateIndex copy) {
        return take(copy, List.of());
    }

    private Snapshot take(PrivateIndex copy, List<RepoPath> alsoLeft) {
        TreeStatus status = TreeStatus.parse(git.run(copy.on(TreeStatus.call())));
        String headTree = status.head().isPresent() ? treeOf(status.head().get()) : emptyTree(copy);
        StagedContent staged = StagedContent.of(git, copy, scratch, status, headTree);
        var intended = new ArrayList<RepoPath>();
        var left = new ArrayList<>(alsoLeft);
        var gone = new ArrayList<RepoPath>();
        var changed = new ArrayList<RepoPath>();
        for (TreeStatus.Entry entry : status.without(ignored).entries()) {
            if (entry.intended()) intended.add(entry.path());
            if (entry.repository()) left.add(directory(entry.path()));
            if (entry.gone()) gone.add(entry.path());
            else if (entry.onDiskDiffers() && !entry.nested()) changed.add(entry.path());
        }
        copy.remove(gone);
        copy.add(changed);
        boolean asStaged = gone.isEmpty() && changed.isEmpty();
        String tree = asStaged ? staged.tree() : copy.writeTree();
        return new Snapshot(tree, staged.tree(), staged.stages(), status.head(), headTree, intended, left);
    }

    private static RepoPath directory(RepoPath path) {
        byte[] bytes = path.bytes();
        if (bytes[bytes.length - 1] == '/') return path;
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = '/';
        return RepoPath.of(longer);
    }

    private String treeOf(String commit) {
        return git.text("rev-parse", "--verify", "--end-of-options", commit + "^{tree}");
    }

    private String emptyTree(PrivateIndex copy) {
        return git.run(copy.on(GitCall.of("mktree"))).text();
    }
}
