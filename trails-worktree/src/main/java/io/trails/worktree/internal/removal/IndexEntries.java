package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an index git's status does not tell. Immutable.
 *
 * @param repositories entries that are repositories of their own, submodules or not
 * @param hidden files that status takes as unchanged because somebody told it to, and which are there
 */
record IndexEntries(List<RepoPath> repositories, List<RepoPath> hidden) {
    /** A tag, a blank, and the mode. */
    private static final int MODE = 2;

    static IndexEntries read(TreeGit git, Path tree, int hashBytes) throws IOException {
        if (IndexScan.isPlain(git.gitDirectory().resolve("index"), hashBytes)) {
            return new IndexEntries(List.of(), List.of());
        }
        var repositories = new ArrayList<RepoPath>();
        var hidden = new ArrayList<RepoPath>();
        for (RepoPath entry : git.run(GitCall.of("ls-files", "-v", "-s", "-z").maxOutput(1L << 30))
                .fields()) {
            byte[] bytes = entry.bytes();
            boolean repository = new String(bytes, MODE, 6, StandardCharsets.US_ASCII).equals("160000");
            boolean skipped = bytes[0] == 'S' || Character.isLowerCase(bytes[0]);
            if (!repository && !skipped) continue;
            int tab = MODE;
            while (bytes[tab] != '\t') tab++;
            RepoPath path = entry.from(tab + 1);
            if (repository) repositories.add(path);
            else if (Files.exists(BytePath.resolve(tree, path), LinkOption.NOFOLLOW_LINKS)) hidden.add(path);
        }
        return new IndexEntries(repositories, hidden);
    }
}
