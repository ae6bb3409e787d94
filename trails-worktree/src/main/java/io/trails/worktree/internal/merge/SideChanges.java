package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one side did since the common ancestor, path by path and without looking for renames. Immutable. */
final class SideChanges {
    private static final SideChanges NONE = new SideChanges(Map.of(), Map.of());

    private final Map<RepoPath, Stage> before;
    private final Map<RepoPath, Stage> after;

    private SideChanges(Map<RepoPath, Stage> before, Map<RepoPath, Stage> after) {
        this.before = before;
        this.after = after;
    }

    static SideChanges none() {
        return NONE;
    }

    static SideChanges between(MergeStore store, String base, String side) {
        var before = new HashMap<RepoPath, Stage>();
        var after = new HashMap<RepoPath, Stage>();
        Iterator<RepoPath> fields = store.run(
                        GitCall.of("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base, side))
                .fields()
                .iterator();
        while (fields.hasNext()) {
            String[] words = fields.next().latin().substring(1).split(" ", -1);
            RepoPath path = fields.next();
            if (!words[4].equals("A")) before.put(path, new Stage(words[0], words[2], Stage.BASE, path));
            if (!words[4].equals("D")) after.put(path, new Stage(words[1], words[3], Stage.OURS, path));
        }
        return new SideChanges(before, after);
    }

    /** The new names of files that it renamed, as git sees it. */
    static Set<RepoPath> renamed(MergeStore store, String base, String side) {
        List<RepoPath> fields = store.run(
                        GitCall.of("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--no-abbrev", base, side))
                .fields();
        var names = new HashSet<RepoPath>();
        for (int i = 2; i < fields.size(); i += 3) names.add(fields.get(i));
        return names;
    }

    boolean deletesAny() {
        return !after.keySet().containsAll(before.keySet());
    }

    /** The side's own file of that name, if it changed it. */
    Optional<Stage> file(RepoPath path) {
        return Optional.ofNullable(after.get(path));
    }

    /** Where the side has a content that git shows at another name. */
    Optional<RepoPath> whereIs(String objectId) {
        return find(after, objectId);
    }

    boolean had(RepoPath path) {
        return before.containsKey(path);
    }

    /** Where the ancestor had a content. */
    Optional<RepoPath> whereWas(String objectId) {
        return find(before, objectId);
    }

    private static Optional<RepoPath> find(Map<RepoPath, Stage> files, String objectId) {
        return files.values().stream()
                .filter(file -> file.objectId().equals(objectId))
                .map(Stage::path)
                .min(RepoPath::compareTo);
    }
}
