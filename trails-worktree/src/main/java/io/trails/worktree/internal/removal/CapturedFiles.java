package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was last captured of a tree, byte for byte, so that a later look need not capture it again to see that it is the same.
 * Single-threaded.
 */
final class CapturedFiles {
    private List<RepoPath> paths = List.of();
    private Map<RepoPath, FileBlob> blobs = Map.of();
    private String tree = "";

    /**
     * Takes the place of what was captured before.
     *
     * @param touched what differed from the index
     * @param captured the id of the tree that has all of it
     * @param differences that tree's to the last commit's
     */
    void remember(List<RepoPath> touched, String captured, Map<RepoPath, FileBlob> differences) {
        var found = new HashMap<RepoPath, FileBlob>();
        for (RepoPath path : touched) {
            FileBlob blob = differences.get(path);
            if (blob != null) found.put(path, blob);
        }
        paths = List.copyOf(touched);
        blobs = found;
        tree = captured;
    }

    /**
     * Whether it is rescued and the touched files have just these bytes now. If not, or if it cannot be told, they have to be
     * captured.
     *
     * @param rescued trees
     */
    boolean areRescued(Path root, List<RepoPath> touched, Set<String> rescued) throws IOException {
        if (!rescued.contains(tree) || !paths.equals(touched)) return false;
        for (RepoPath path : touched) {
            FileBlob blob = blobs.get(path);
            if (blob == null || !blob.isAll(BytePath.resolve(root, path))) return false;
        }
        return true;
    }
}
