package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An index that holds a few paths only. Not thread-safe. */
final class ScratchIndex {
    private final Git git;
    private final GitCall call;

    /**
     * @param calls how the repository is named
     * @param name of its file
     */
    ScratchIndex(TreeCalls calls, ScratchStore store, String name) {
        git = calls.tree().git();
        call = store.on(calls.of(), name)
                // What is on disk counts, also where git would warn of it or not let it into a repository.
                .config("core.safecrlf", "false")
                .config("core.protectNTFS", "false")
                .config("core.protectHFS", "false")
                .config("core.compression", "0")
                .config("core.looseCompression", "0")
                .config("pack.compression", "0");
    }

    void put(Map<RepoPath, Entry> entries) {
        var lines = new ByteArrayOutputStream();
        entries.forEach((path, entry) -> {
            lines.writeBytes((entry.mode() + " " + entry.oid() + "\t").getBytes(StandardCharsets.US_ASCII));
            lines.writeBytes(path.bytes());
            lines.write(0);
        });
        if (lines.size() > 0)
            git.run(call.and("update-index", "-z", "--index-info").input(lines.toByteArray()));
    }

    /**
     * Puts what files hold now, by the rules of the repository: filters, line ends, links, modes.
     *
     * @return those that could not be read
     */
    List<RepoPath> read(List<RepoPath> paths) {
        var failed = new ArrayList<RepoPath>();
        var readable = new ArrayList<RepoPath>();
        for (RepoPath path : paths) (isReadable(path) ? readable : failed).add(path);
        read(readable, failed);
        return failed;
    }

    /** Whether git may be able to read it; a path below a directory named as git's own it would skip in silence. */
    private boolean isReadable(RepoPath path) {
        for (String name : path.text().split("/", -1)) {
            if (name.equalsIgnoreCase(".git")) return false;
        }
        return path.in(git.directory())
                .map(file -> !Files.isRegularFile(file) || Files.isReadable(file))
                .orElse(true);
    }

    /** One bad file makes git refuse all. */
    private void read(List<RepoPath> paths, List<RepoPath> failed) {
        if (paths.isEmpty()) return;
        try {
            git.run(call.and("update-index", "-z", "--add", "--remove", "--replace", "--stdin")
                    .input(RepoPath.join(paths)));
        } catch (GitFailedException refused) {
            if (!refused.code().equals("worktree.git-failed")) throw refused;
            if (paths.size() == 1) {
                failed.add(paths.get(0));
                return;
            }
            int half = paths.size() / 2;
            read(paths.subList(0, half), failed);
            read(paths.subList(half, paths.size()), failed);
        }
    }

    void drop(List<RepoPath> paths) {
        if (paths.isEmpty()) return;
        git.run(call.and("update-index", "-z", "--force-remove", "--stdin").input(RepoPath.join(paths)));
    }
}
