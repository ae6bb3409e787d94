package io.trails.worktree.internal.register;

import io.trails.TrailsException;
import io.trails.worktree.internal.lock.RepositoryLock;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What a repository keeps of one session's worktree: a directory in {@code worktrees} of the common directory. It is ours if a
 * file in it holds the session's key. It is locked for git all its life, so that nobody prunes it. Immutable, thread-safe.
 */
public record Entry(WorktreePlan plan) {
    static final String MARKER = "trails";
    static final String LOCKED = "locked";
    static final String GITDIR = "gitdir";
    private static final String PROGRESS = "trails-progress";

    public Path directory() {
        return plan.gitDirectory();
    }

    /** Whether it is there and belongs to this opening of the session. */
    public boolean isOurs() {
        return read(directory().resolve(MARKER)).equals(Optional.of(plan.key()));
    }

    public boolean exists() {
        return Files.exists(directory(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Where git believes that the tree is. */
    public Optional<Path> believedRoot() {
        return read(directory().resolve(GITDIR))
                .flatMap(text -> Optional.ofNullable(Path.of(text).getParent()));
    }

    /** Whether the tree at the planned place says that it belongs to this entry. */
    public boolean isLinked() {
        return read(dotGit()).equals(Optional.of("gitdir: " + directory()));
    }

    /** Whether something else than our link stands where it has to be. */
    public boolean isLinkTaken() {
        return Files.exists(dotGit(), LinkOption.NOFOLLOW_LINKS)
                && !isLinked()
                && !read(dotGit()).equals(Optional.of(""));
    }

    public Path dotGit() {
        return plan.root().resolve(".git");
    }

    /** What a crash may leave of the link. */
    public Path linkDraft() {
        return draft(dotGit());
    }

    /** Makes the tree say so. */
    public void link() {
        write(dotGit(), "gitdir: " + directory() + "\n");
    }

    /** Makes git believe that the tree is at the planned place. */
    public void relocate() {
        write(directory().resolve(GITDIR), dotGit() + "\n");
    }

    /** Locks it if somebody unlocked it, and says whether that was so. */
    public boolean lock() {
        if (Files.exists(directory().resolve(LOCKED))) return false;
        relock();
        return true;
    }

    /** Locks it with our reason, whatever is written there. */
    public void relock() {
        write(directory().resolve(LOCKED), lockReason());
    }

    /** What git shows as the reason why it is locked. */
    public String lockReason() {
        return "trails:" + plan.key();
    }

    /** Says whose it is. */
    public void mark() {
        write(directory().resolve(MARKER), plan.key());
    }

    /** How far its creation came. */
    public Step progress() {
        Optional<String> step = read(directory().resolve(PROGRESS));
        try {
            return step.map(Step::valueOf).orElse(Step.REGISTERED);
        } catch (IllegalArgumentException unknown) {
            return Step.REGISTERED;
        }
    }

    public void reached(Step step) {
        write(directory().resolve(PROGRESS), step.name());
    }

    /** Makes git know the tree. Readers see nothing of it or all of it. Does nothing if it is there. */
    public void register() {
        if (isOurs()) return;
        if (exists()) {
            throw new TrailsException(
                    "worktree.entry-taken",
                    "The repository has an entry " + directory()
                            + " that does not belong to this session; choose another name for the session");
        }
        locked(new StagedEntry(this)::publish);
    }

    /** Takes it away, if it is ours. Readers see all of it or nothing. */
    public void discard() {
        var staged = new StagedEntry(this);
        if (exists() || staged.exists()) {
            locked(() -> {
                if (isOurs()) staged.withdraw();
                staged.delete();
            });
        }
    }

    private void locked(Runnable files) {
        RepositoryLock lock = RepositoryLock.acquire(plan.commonDirectory());
        try {
            files.run();
        } finally {
            lock.close();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return PathText.line(file);
        } catch (IOException e) {
            throw new TrailsException(
                    "worktree.unreadable", file + " cannot be read: " + e.getMessage() + "; check its permissions", e);
        }
    }

    /** Whole or not at all. */
    private static void write(Path file, String text) {
        Path draft = draft(file);
        try {
            Files.write(
                    draft,
                    PathText.bytes(text),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static Path draft(Path file) {
        return file.resolveSibling(file.getFileName() + ".trails-draft");
    }

    static TrailsException unwritable(Path file, IOException cause) {
        return new TrailsException(
                "worktree.unwritable",
                file + " cannot be written: " + cause + "; see that its directory is writable and the disk has room",
                cause);
    }
}
