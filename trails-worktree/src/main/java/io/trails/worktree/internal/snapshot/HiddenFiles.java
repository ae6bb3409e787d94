package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tracked files at which git does not look: those that are assumed to be unchanged, those that a sparse checkout leaves out or
 * a user has hidden in the same way, and what lies where an absent submodule would be. Immutable.
 *
 * @param assumed to be unchanged
 * @param skipped left out, and not on disk
 * @param present marked as left out, and on disk
 * @param strays directories of absent submodules that hold files, with '/' at their ends
 */
record HiddenFiles(List<RepoPath> assumed, Set<RepoPath> skipped, List<RepoPath> present, List<RepoPath> strays) {
    private static final int TAG = 2;

    static HiddenFiles in(Git git, PrivateIndex index) {
        var assumed = new ArrayList<RepoPath>();
        var skipped = new HashSet<RepoPath>();
        var present = new ArrayList<RepoPath>();
        var strays = new ArrayList<RepoPath>();
        for (RepoPath line :
                git.run(index.on(GitCall.of("ls-files", "-v", "-s", "-z"))).fields()) {
            byte[] bytes = line.bytes();
            if (bytes[0] == 'H' && bytes[TAG + 1] != '6') continue;
            int tab = 0;
            while (bytes[tab] != '\t') tab++;
            RepoPath path = line.from(tab + 1);
            if (Character.isLowerCase(bytes[0])) assumed.add(path);
            if (bytes[0] == 'S' || bytes[0] == 's') {
                if (exists(git, path)) present.add(path);
                else skipped.add(path);
            }
            if (bytes[TAG] == '1' && bytes[TAG + 1] == '6' && stray(git, path))
                strays.add(RepoPath.of(path.text() + "/"));
        }
        return new HiddenFiles(assumed, skipped, present, strays);
    }

    /** A name that this JVM cannot express counts as absent: nobody will touch it either. */
    private static boolean exists(Git git, RepoPath path) {
        return path.in(git.directory())
                .map(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .orElse(false);
    }

    private static boolean stray(Git git, RepoPath submodule) {
        return submodule.in(git.directory()).map(HiddenFiles::holdsFilesOnly).orElse(false);
    }

    private static boolean holdsFilesOnly(Path directory) {
        String[] names = directory.toFile().list();
        return names != null && names.length > 0 && !Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
    }

    /** Those of them that are among some paths. */
    HiddenFiles within(Set<RepoPath> paths) {
        return new HiddenFiles(
                assumed.stream().filter(paths::contains).toList(),
                skipped,
                present.stream().filter(paths::contains).toList(),
                strays);
    }

    /** Makes git look at those that are on disk. */
    void reveal(Git git, PrivateIndex index) {
        mark(git, index, assumed, "--no-assume-unchanged");
        mark(git, index, present, "--no-skip-worktree");
    }

    private static void mark(Git git, PrivateIndex index, List<RepoPath> paths, String how) {
        if (paths.isEmpty()) return;
        git.run(index.on(Plumbing.call("update-index", how, "-z", "--stdin").input(RepoPath.join(paths))));
    }
}
