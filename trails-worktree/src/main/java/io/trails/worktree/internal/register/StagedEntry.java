package io.trails.worktree.internal.register;

import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An entry on its way in or out: git processes that list worktrees fail on a directory that is half written, so it is written
 * and deleted elsewhere in the repository and renamed. Used under the repository's lock.
 */
final class StagedEntry {
    private static final int ATTEMPTS = 10;

    private final Entry entry;
    private final Path stage;
    private final Path entries;
    private final Path staged;

    StagedEntry(Entry entry) {
        this.entry = entry;
        WorktreePlan plan = entry.plan();
        entries = plan.commonDirectory().resolve("worktrees");
        stage = plan.commonDirectory().resolve("trails").resolve("staged");
        staged = stage.resolve(plan.administration());
    }

    boolean exists() {
        return Files.exists(staged, LinkOption.NOFOLLOW_LINKS);
    }

    void publish() {
        try {
            Trees.delete(staged);
            Files.createDirectories(staged);
            write(Entry.LOCKED, entry.lockReason());
            write(Entry.MARKER, entry.plan().key());
            write("commondir", "../..");
            write(Entry.GITDIR, entry.dotGit().toString());
            write("HEAD", "ref: refs/heads/" + entry.plan().branch());
            rename(entries, staged, entry.directory());
            Trees.deleteIfEmpty(stage);
        } catch (IOException e) {
            throw Entry.unwritable(entry.directory(), e);
        }
    }

    void withdraw() {
        try {
            Trees.delete(staged);
            Files.createDirectories(stage);
            rename(stage, entry.directory(), staged);
            Trees.deleteIfEmpty(entries);
        } catch (IOException e) {
            throw Entry.unwritable(entry.directory(), e);
        }
    }

    void delete() {
        try {
            Trees.delete(staged);
            Trees.deleteIfEmpty(stage);
        } catch (IOException e) {
            throw Entry.unwritable(staged, e);
        }
    }

    private void write(String name, String line) throws IOException {
        Files.write(staged.resolve(name), PathText.bytes(line + "\n"));
    }

    /** git deletes {@code worktrees} when it removes the last of them, also just now. */
    private static void rename(Path into, Path from, Path to) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Files.createDirectories(into);
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException gone) {
                if (attempt == ATTEMPTS) throw gone;
            }
        }
    }
}
