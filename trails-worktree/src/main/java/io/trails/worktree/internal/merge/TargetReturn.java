package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a target's files back after git has failed while it wrote new ones: a filter or the disk failed, or a hook refused when
 * they were written. None of them had changes that were not committed. What is neither as it was nor as git would have made it,
 * somebody else wrote meanwhile; that stays. Single-threaded.
 */
final class TargetReturn {
    private final TargetPlace place;
    private final Git there;
    private final String commit;
    private final Path root;

    TargetReturn(TargetPlace place, Git there, String commit) {
        this.place = place;
        this.there = there;
        this.commit = commit;
        root = place.directory().orElseThrow();
    }

    /** Brings them back. @return what could not be brought back */
    List<RepoPath> run() {
        MergeStore store = MergeStore.repository(there);
        List<RepoPath> disturbed = place.inTheWay(store, commit);
        if (disturbed.isEmpty()) return List.of();
        if (isStaged(disturbed))
            there.run(GitCall.of("read-tree", "-m", "-u", commit, place.target().commit())
                    .locking());
        else bringBack(disturbed);
        there.run(GitCall.of("update-index", "-q", "--refresh").locking().accepting(0, 1));
        return place.inTheWay(store, commit);
    }

    /** git writes the index when all files are written; then all of it is to be taken back, and git can do that. */
    private boolean isStaged(List<RepoPath> disturbed) {
        var others = new HashSet<>(there.run("diff-index", "--cached", "-z", "--name-only", commit, "--")
                .fields());
        return disturbed.stream().noneMatch(others::contains);
    }

    private void bringBack(List<RepoPath> disturbed) {
        Set<RepoPath> foreign = foreign(disturbed);
        Set<RepoPath> tracked =
                Set.copyOf(there.run(GitCall.of("ls-files", "-z")).fields());
        var written = new ArrayList<RepoPath>();
        var first = new ArrayList<RepoPath>();
        for (RepoPath path : disturbed) {
            if (foreign.contains(path)) continue;
            if (!tracked.contains(path)) path.in(root).ifPresent(this::delete);
            else if (path.latin().endsWith(".gitattributes")) first.add(path);
            else written.add(path);
        }
        // How the others are written depends on these.
        checkOut(first);
        checkOut(written);
    }

    /** What is there, and not what git would have written. */
    private Set<RepoPath> foreign(List<RepoPath> disturbed) {
        try (MergeScratch scratch = MergeScratch.open()) {
            Path index = scratch.index();
            there.run(MergeScratch.on(
                    index, GitCall.of("update-index", "-z", "--index-info").input(RepoPath.join(written(disturbed)))));
            there.run(MergeScratch.on(
                    index, GitCall.of("update-index", "-q", "--refresh").accepting(0, 1)));
            var foreign = new HashSet<RepoPath>(
                    there.run(MergeScratch.on(index, GitCall.of("diff-files", "-z", "--name-only")))
                            .fields());
            Set<RepoPath> expected = Set.copyOf(there.run(MergeScratch.on(index, GitCall.of("ls-files", "-z")))
                    .fields());
            for (RepoPath path : disturbed) if (!expected.contains(path)) foreign.add(path);
            foreign.removeIf(path -> path.in(root)
                    .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    .isEmpty());
            return foreign;
        }
    }

    /** As the new commit has them: mode, kind, object and path. */
    private List<RepoPath> written(List<RepoPath> disturbed) {
        Set<RepoPath> wanted = Set.copyOf(disturbed);
        return there.run(GitCall.of("ls-tree", "-r", "-z", commit)).fields().stream()
                .filter(line -> wanted.contains(line.from(line.latin().indexOf('\t') + 1)))
                .collect(Collectors.toList());
    }

    private void checkOut(List<RepoPath> paths) {
        if (paths.isEmpty()) return;
        there.run(GitCall.of("checkout-index", "-f", "-q", "-z", "--stdin")
                .locking()
                .input(RepoPath.join(paths))
                .accepting(0, 1, 128));
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            Path above = file.getParent();
            while (above != null && !above.equals(root) && isEmpty(above)) {
                Files.delete(above);
                above = above.getParent();
            }
        } catch (IOException kept) {
            // It is then among what is reported.
        }
    }

    private static boolean isEmpty(Path directory) {
        String[] names = directory.toFile().list();
        return Optional.ofNullable(names).filter(list -> list.length == 0).isPresent();
    }
}
