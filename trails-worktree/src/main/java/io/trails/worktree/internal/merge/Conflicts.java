package io.trails.worktree.internal.merge;

import io.trails.Conflict;
import io.trails.Conflict.Kind;
import io.trails.Resolution.Which;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.diff.RawText;

/** Makes conflicts of what git could not merge. Single-threaded. */
final class Conflicts {
    private static final long SHOWN = 1L << 20;
    private static final long SHOWN_TOGETHER = 64L << 20;

    private final MergeStore store;
    private final TreeMergeResult merged;
    private final Optional<String> base;
    private SideChanges ours = SideChanges.none();
    private SideChanges theirs = SideChanges.none();

    private Conflicts(MergeStore store, TreeMergeResult merged, Optional<String> base) {
        this.store = store;
        this.merged = merged;
        this.base = base;
    }

    /**
     * Ordered by path.
     *
     * @param base one of the nearest common ancestors, if there is one
     */
    static List<OpenConflict> of(MergeStore store, TreeMergeResult merged, Optional<String> base) {
        if (merged.clean()) return List.of();
        return new Conflicts(store, merged, base).all();
    }

    private List<OpenConflict> all() {
        if (base.isPresent()) {
            ours = SideChanges.between(store, base.get(), merged.ours());
            theirs = SideChanges.between(store, base.get(), merged.theirs());
        }
        List<ConflictGroup> groups = ConflictGroups.of(merged);
        List<Map<Which, Stage>> sides = groups.stream().map(this::sides).toList();
        var wanted = new LinkedHashSet<String>();
        for (Map<Which, Stage> files : sides)
            if (haveLines(files)) files.values().forEach(file -> wanted.add(file.objectId()));
        Map<String, byte[]> contents = new Blobs(store).read(wanted, SHOWN, SHOWN_TOGETHER);
        Set<RepoPath> collisions = collisions(groups);
        var conflicts = new ArrayList<OpenConflict>();
        for (int i = 0; i < groups.size(); i++)
            conflicts.add(conflict(groups.get(i), sides.get(i), contents, collisions));
        conflicts.sort(Comparator.comparing(OpenConflict::path));
        return conflicts;
    }

    private OpenConflict conflict(
            ConflictGroup group, Map<Which, Stage> sides, Map<String, byte[]> contents, Set<RepoPath> collisions) {
        RepoPath path = path(group);
        Kind kind = kind(group, path, sides, contents, collisions);
        Optional<MergedText> text = kind == Kind.BINARY || !haveLines(sides) ? Optional.empty() : text(sides, contents);
        Set<RepoPath> others = new LinkedHashSet<>();
        for (RepoPath mentioned : group.mentioned()) others.add(merged.home(mentioned));
        for (Stage side : sides.values()) others.add(side.path());
        others.remove(path);
        var conflict = new Conflict(
                path.text(),
                kind,
                shown(sides, Which.BASE),
                shown(sides, Which.OURS),
                shown(sides, Which.THEIRS),
                text.map(MergedText::hunks).orElse(List.of()),
                others.stream().sorted().map(RepoPath::text).toList());
        return new OpenConflict(conflict, path, sides, group.places(), text);
    }

    /** The target's name for it goes first. */
    private RepoPath path(ConflictGroup group) {
        return group.stage(Stage.OURS)
                .or(() -> group.stage(Stage.THEIRS))
                .or(() -> group.stage(Stage.BASE))
                .map(stage -> merged.home(stage.path()))
                .orElseGet(() -> group.mentioned().iterator().next());
    }

    private Kind kind(
            ConflictGroup group,
            RepoPath path,
            Map<Which, Stage> sides,
            Map<String, byte[]> contents,
            Set<RepoPath> collisions) {
        Kind kind = group.kind();
        if (kind == Kind.ADD_ADD && collisions.contains(path)) return Kind.RENAME_RENAME;
        boolean lines = kind == Kind.CONTENT || kind == Kind.ADD_ADD;
        if (lines && sides.values().stream().anyMatch(side -> isBinary(contents, side))) return Kind.BINARY;
        return kind;
    }

    /** Two files that got the same name look to git as if both had been added. */
    private Set<RepoPath> collisions(List<ConflictGroup> groups) {
        boolean possible = groups.stream().anyMatch(group -> group.kind() == Kind.ADD_ADD)
                && ours.deletesAny()
                && theirs.deletesAny();
        if (!possible || base.isEmpty()) return Set.of();
        Set<RepoPath> both = SideChanges.renamed(store, base.get(), merged.ours());
        both.retainAll(SideChanges.renamed(store, base.get(), merged.theirs()));
        return both;
    }

    private static boolean isBinary(Map<String, byte[]> contents, Stage side) {
        byte[] content = contents.get(side.objectId());
        return content != null && RawText.isBinary(content);
    }

    private static boolean haveLines(Map<Which, Stage> sides) {
        return sides.containsKey(Which.OURS)
                && sides.containsKey(Which.THEIRS)
                && sides.values().stream().allMatch(Stage::isFile);
    }

    private static Optional<MergedText> text(Map<Which, Stage> sides, Map<String, byte[]> contents) {
        var versions = new ArrayList<byte[]>();
        for (Which which : Which.values()) {
            Stage side = sides.get(which);
            byte[] content = side == null ? new byte[0] : contents.get(side.objectId());
            if (content == null || RawText.isBinary(content)) return Optional.empty();
            versions.add(content);
        }
        return Optional.of(MergedText.of(versions.get(0), versions.get(1), versions.get(2)));
    }

    private static Optional<Conflict.Side> shown(Map<Which, Stage> sides, Which which) {
        return Optional.ofNullable(sides.get(which))
                .map(side -> new Conflict.Side(side.path().text(), side.mode(), side.objectId()));
    }

    private Map<Which, Stage> sides(ConflictGroup group) {
        var sides = new EnumMap<Which, Stage>(Which.class);
        boolean renamedTwice = group.kind() == Kind.RENAME_RENAME;
        group.stage(Stage.BASE).ifPresent(stage -> sides.put(Which.BASE, ancestors(stage)));
        group.stage(Stage.OURS).ifPresent(stage -> sides.put(Which.OURS, own(ours, stage, renamedTwice)));
        group.stage(Stage.THEIRS).ifPresent(stage -> sides.put(Which.THEIRS, own(theirs, stage, renamedTwice)));
        return sides;
    }

    private Stage ancestors(Stage stage) {
        RepoPath home = merged.home(stage.path());
        if (ours.had(home) || theirs.had(home)) return stage.at(home);
        Optional<RepoPath> elsewhere = ours.whereWas(stage.objectId()).or(() -> theirs.whereWas(stage.objectId()));
        return stage.at(elsewhere.orElse(home));
    }

    /** git stores what it merged so far as both sides of a file that was renamed twice. */
    private static Stage own(SideChanges changes, Stage stage, boolean renamedTwice, RepoPath home) {
        Optional<Stage> own = changes.file(home);
        if (own.isEmpty()) return stage.at(changes.whereIs(stage.objectId()).orElse(home));
        if (!renamedTwice) return stage.at(home);
        return new Stage(own.get().mode(), own.get().objectId(), stage.number(), home);
    }

    private Stage own(SideChanges changes, Stage stage, boolean renamedTwice) {
        return own(changes, stage, renamedTwice, merged.home(stage.path()));
    }
}
