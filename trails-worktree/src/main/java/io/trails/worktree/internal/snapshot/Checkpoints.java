package io.trails.worktree.internal.snapshot;

import io.trails.Checkpoint;
import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.tree.SessionTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The checkpoints of one session: commits below a ref of their own each. Immutable, thread-safe. */
public final class Checkpoints {
    private static final int ATTEMPTS = 100;
    private static final int LABEL_LIMIT = 200;

    private final SessionTree tree;
    private final Snapshots snapshots;

    public Checkpoints(SessionTree tree) {
        this.tree = tree;
        snapshots = new Snapshots(tree);
    }

    /** Keeps all files that are not ignored. Branch, index, stash and files are not touched. */
    public Checkpoint checkpoint(String label) {
        return keep(snapshots.take(), label);
    }

    /** Oldest first. */
    public List<Checkpoint> list() {
        return CheckpointMessage.readAll(tree.git(), tree.refs().checkpoints());
    }

    /**
     * Brings all files back but those that are ignored; branch, index and stash are not touched. If it is interrupted, a second
     * one finishes.
     *
     * @return the checkpoint of what the files were before
     * @throws TrailsException {@code worktree.checkpoint-unknown}; {@code worktree.operation-under-way} during a merge or the
     *     like; {@code worktree.files-not-written} if others write in the tree; {@code worktree.restore-blocked}
     */
    public Checkpoint restore(Checkpoint checkpoint) {
        String commit = commit(checkpoint);
        Operation.refuseUnderWay(tree.git(), "restore a checkpoint");
        String wanted = tree.git().text("rev-parse", "--verify", commit + "^{tree}");
        String label = shortened("before the restore of " + checkpoint.label());
        return new TreeSwitch(tree.git(), snapshots).to(now -> wanted, now -> keep(now, label));
    }

    /**
     * The commit of a checkpoint.
     *
     * @throws TrailsException {@code worktree.checkpoint-unknown} if it is none of this session
     */
    public String commit(Checkpoint checkpoint) {
        for (Checkpoint known : list()) {
            if (known.id().equals(checkpoint.id())) return known.id();
        }
        throw CheckpointMessage.unknown(checkpoint.id());
    }

    /**
     * The commit that a checkpoint was taken on.
     *
     * @param checkpoint the id of one of any session, also of one that was removed
     * @throws TrailsException {@code worktree.checkpoint-unknown}, also if there was no commit yet
     */
    public static String baseOf(Git git, String checkpoint) {
        if (!checkpoint.matches("[0-9a-f]{40,64}") || git.commit(checkpoint).isEmpty())
            throw CheckpointMessage.unknown(checkpoint);
        String message = git.text("cat-file", "commit", checkpoint);
        if (CheckpointMessage.read(checkpoint, message).isEmpty()) throw CheckpointMessage.unknown(checkpoint);
        Optional<String> base = git.commit(checkpoint + "^1");
        boolean ofIndex = base.isPresent() && git.commit(checkpoint + "^2").isEmpty();
        if (base.isEmpty() || ofIndex) throw CheckpointMessage.unknown(checkpoint);
        return base.get();
    }

    private Checkpoint keep(Snapshot snapshot, String label) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int number = last() + 1;
            String ref = tree.refs().checkpoints() + String.format(Locale.ROOT, "%06d", number);
            var message = new CheckpointMessage(
                    tree.sessionId(),
                    label,
                    tree.refs().key(),
                    number,
                    tree.clock().instant());
            String commit = snapshots.commit(snapshot, message.text());
            if (RefCreation.create(tree.git(), ref, commit)) return message.checkpoint(commit);
        }
        throw new TrailsException(
                "worktree.checkpoints-busy",
                "Others take checkpoints of session '" + tree.sessionId() + "' all the time; try again");
    }

    /** Restores of what was kept before restores would make it longer and longer. */
    private static String shortened(String label) {
        return label.codePointCount(0, label.length()) <= LABEL_LIMIT
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LABEL_LIMIT));
    }

    private int last() {
        String prefix = tree.refs().checkpoints();
        GitResult newest =
                tree.git().run("for-each-ref", "--count=1", "--sort=-refname", "--format=%(refname)", prefix);
        return newest.text().isEmpty() ? 0 : number(newest.text().substring(prefix.length()));
    }

    private static int number(String name) {
        return name.matches("\\d{1,9}") ? Integer.parseInt(name) : 0;
    }
}
