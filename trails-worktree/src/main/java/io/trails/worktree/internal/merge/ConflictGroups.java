package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells which of the paths that git leaves unmerged belong to one conflict. */
final class ConflictGroups {
    private final TreeMergeResult merged;
    private final Map<RepoPath, ConflictGroup> byPath = new TreeMap<>();

    private ConflictGroups(TreeMergeResult merged) {
        this.merged = merged;
    }

    static List<ConflictGroup> of(TreeMergeResult merged) {
        var groups = new ConflictGroups(merged);
        for (Stage stage : merged.stages())
            groups.byPath
                    .computeIfAbsent(stage.path(), path -> new ConflictGroup())
                    .add(stage);
        var unplaced = new ArrayList<ConflictGroup>();
        for (MergeNote note : merged.notes()) {
            if (note.isConflict() && !groups.place(note)) unplaced.add(alone(note));
        }
        groups.joinMovedAside();
        var all = new ArrayList<>(new LinkedHashSet<>(groups.byPath.values()));
        all.addAll(unplaced);
        return all;
    }

    /** A directory whose files went several ways leaves nothing unmerged, and yet somebody has to look. */
    private static ConflictGroup alone(MergeNote note) {
        var group = new ConflictGroup();
        group.add(note);
        return group;
    }

    private boolean place(MergeNote note) {
        List<RepoPath> staged =
                note.paths().stream().filter(byPath::containsKey).toList();
        if (staged.isEmpty()) return false;
        if (note.is("(rename/rename)")) staged.stream().skip(1).forEach(path -> join(staged.get(0), path));
        for (ConflictGroup group :
                new LinkedHashSet<>(staged.stream().map(byPath::get).toList())) group.add(note);
        return true;
    }

    /** Files of different types cannot share a name, so git gives one of them another. */
    private void joinMovedAside() {
        for (RepoPath path : List.copyOf(byPath.keySet()))
            merged.movedAsideFrom(path).filter(byPath::containsKey).ifPresent(home -> join(home, path));
    }

    private void join(RepoPath first, RepoPath second) {
        ConflictGroup group = byPath.get(first);
        ConflictGroup other = byPath.get(second);
        if (group == null || other == null || group == other || !group.fits(other)) return;
        group.addAll(other);
        byPath.replaceAll((path, current) -> current == other ? group : current);
    }
}
