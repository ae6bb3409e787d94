package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import io.trails.worktree.internal.snapshot.Plumbing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds that some files of a tree are as a commit has them, staged and on disk, without a look at all the others. It may say no
 * where git has a reason to say yes: then git has to be asked about all. Immutable.
 */
record UntouchedFiles(Git git, String commit) {
    /** What has to be read instead should not take longer than to look at many thousand files. */
    private static final long MOST = 32L << 20;

    /**
     * @param paths of all
     * @param files as the commit has them, of those that it has
     */
    boolean are(Set<RepoPath> paths, List<Stage> files) {
        return areSmall(files) && areStaged(paths) && (files.isEmpty() || areOnDisk(files));
    }

    private boolean areSmall(List<Stage> files) {
        long size = 0;
        for (Stage file : files) {
            Optional<Path> onDisk = file.path().in(git.directory());
            if (onDisk.isEmpty() || !Files.exists(onDisk.get(), LinkOption.NOFOLLOW_LINKS)) return false;
            size += size(onDisk.get());
        }
        return size <= MOST;
    }

    private static long size(Path file) {
        try {
            return Files.isSymbolicLink(file) ? 0 : Files.size(file);
        } catch (IOException gone) {
            return MOST;
        }
    }

    private boolean areStaged(Set<RepoPath> paths) {
        List<RepoPath> others = git.run("diff-index", "--cached", "--name-only", "-z", "--no-renames", commit)
                .fields();
        return others.stream().noneMatch(paths::contains);
    }

    /** An index that knows no more than these files, and nothing about them on disk, makes git read just them. */
    private boolean areOnDisk(List<Stage> files) {
        var entries = new ByteArrayOutputStream();
        for (Stage file : files) {
            entries.writeBytes((file.mode() + " " + file.objectId() + "\t").getBytes(StandardCharsets.US_ASCII));
            entries.writeBytes(file.path().bytes());
            entries.write(0);
        }
        try (MergeScratch scratch = MergeScratch.open()) {
            Path index = scratch.index();
            GitCall fill = Plumbing.call("update-index", "-z", "--index-info").input(entries.toByteArray());
            git.run(MergeScratch.on(index, fill));
            // Quietly it would not say by its exit code that a file differs.
            GitCall look = Plumbing.call("update-index", "--really-refresh").accepting(0, 1);
            return git.run(MergeScratch.on(index, look)).ok();
        }
    }
}
