package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the paths that can differ without looking into any file that git knows to be unchanged. Immutable. */
record Survey(TreeCalls calls) {
    private static final byte SLASH = '/';
    /** Fields before the path: mode, type. */
    private static final int TREE_WORDS = 2;

    StatusReport status() {
        GitCall status = calls.of(
                "status",
                "--porcelain=v2",
                "-z",
                "--branch",
                "--no-ahead-behind",
                "--untracked-files=all",
                "--ignore-submodules=none",
                "--no-renames");
        return StatusReport.parse(calls.tree().git().run(status));
    }

    Candidates between(String oldTree, String newTree) {
        return new Candidates(committed(oldTree, newTree), Set.of(), Set.of());
    }

    /** @param headTree of the commit that the status is about */
    Candidates until(StatusReport status, String oldTree, String headTree) {
        TreeMap<RepoPath, PathState> states = committed(oldTree, headTree);
        var repositories = new TreeSet<RepoPath>();
        var work = new TreeSet<RepoPath>();
        var unmerged = new HashSet<RepoPath>();
        for (StatusReport.Tracked tracked : status.tracked()) {
            if (tracked.submoduleWork()) work.add(tracked.path());
            PathState committed = states.get(tracked.path());
            if (committed == null && tracked.unmerged()) unmerged.add(tracked.path());
            PathState now = tracked.sinceHead();
            Optional<Entry> then = committed == null ? now.then() : committed.then();
            states.put(tracked.path(), new PathState(then, now.now(), now.read()));
        }
        for (RepoPath path : status.untracked()) {
            RepoPath file = withoutSlash(path);
            if (!file.equals(path)) repositories.add(file);
            PathState known = states.get(file);
            states.put(file, new PathState(known == null ? Optional.empty() : known.then(), Optional.empty(), true));
        }
        if (!unmerged.isEmpty()) lookUp(oldTree, unmerged, states);
        return new Candidates(states, repositories, work);
    }

    private static RepoPath withoutSlash(RepoPath path) {
        byte[] bytes = path.bytes();
        if (bytes.length == 0 || bytes[bytes.length - 1] != SLASH) return path;
        return RepoPath.of(Arrays.copyOf(bytes, bytes.length - 1));
    }

    private TreeMap<RepoPath, PathState> committed(String oldTree, String newTree) {
        var states = new TreeMap<RepoPath, PathState>();
        if (oldTree.equals(newTree)) return states;
        GitCall diff = calls.of(
                "diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none", oldTree, newTree);
        var fields = new RecordFields(calls.tree().git().run(diff).fields());
        while (fields.more()) {
            RawChange change = RawChange.parse(fields.next(), fields);
            states.put(change.path(), new PathState(change.then(), change.now(), false));
        }
        return states;
    }

    /** The status of a path with conflicts does not tell what HEAD holds. */
    private void lookUp(String tree, Set<RepoPath> paths, TreeMap<RepoPath, PathState> states) {
        for (RepoPath line : calls.tree()
                .git()
                .run(calls.of("ls-tree", "-r", "-z", "--full-tree", tree))
                .fields()) {
            TreeLine found = TreeLine.parse(line);
            if (!paths.contains(found.path())) continue;
            states.computeIfPresent(
                    found.path(),
                    (path, state) -> new PathState(Optional.of(found.entry()), state.now(), state.read()));
        }
    }

    private record TreeLine(RepoPath path, Entry entry) {
        /** {@code mode type oid TAB path} */
        static TreeLine parse(RepoPath line) {
            PathRecord record = PathRecord.parse(line, TREE_WORDS);
            byte[] rest = record.path().bytes();
            int tab = 0;
            while (rest[tab] != '\t') tab++;
            String oid = new String(rest, 0, tab, StandardCharsets.US_ASCII);
            return new TreeLine(record.path().from(tab + 1), new Entry(record.word(0), oid));
        }
    }
}
