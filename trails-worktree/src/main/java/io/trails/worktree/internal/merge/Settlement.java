package io.trails.worktree.internal.merge;

import io.trails.Conflict.Kind;
import io.trails.Resolution;
import io.trails.Resolution.Which;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts what was decided into a merged tree. Immutable. */
final class Settlement {
    private final MergeStore store;
    private final MergeScratch scratch;

    Settlement(MergeStore store, MergeScratch scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    /** @throws IllegalArgumentException if a resolution does not fit its conflict */
    static void check(OpenConflict conflict, Resolution resolution) {
        String path = conflict.conflict().path();
        if (resolution instanceof Resolution.Hunks hunks) {
            if (conflict.text().isEmpty())
                throw new IllegalArgumentException("The conflict at " + path + " cannot be decided line by line");
            int places = conflict.conflict().hunks().size();
            if (hunks.choices().size() != places)
                throw new IllegalArgumentException("The conflict at " + path + " has " + places
                        + " places to decide, not " + hunks.choices().size());
        }
        if (resolution instanceof Resolution.Content && mode(conflict).isEmpty())
            throw new IllegalArgumentException(
                    "The conflict at " + path + " is about no file, so it cannot be decided by a content");
    }

    /** The tree with the decisions in it. */
    String apply(TreeMergeResult merged, Map<OpenConflict, Resolution> decided) {
        if (decided.isEmpty()) return merged.tree();
        Path index = scratch.index();
        store.run(MergeScratch.on(index, GitCall.of("read-tree", merged.tree())));
        var entries = new ByteArrayOutputStream();
        String nothing = "0 " + "0".repeat(merged.tree().length());
        for (OpenConflict conflict : decided.keySet())
            for (RepoPath place : conflict.places()) entry(entries, nothing, place);
        decided.forEach((conflict, resolution) -> file(conflict, resolution)
                .ifPresent(file -> entry(entries, file.mode() + " " + file.objectId(), file.path())));
        store.run(MergeScratch.on(
                index, GitCall.of("update-index", "-z", "--index-info").input(entries.toByteArray())));
        return store.run(MergeScratch.on(index, GitCall.of("write-tree"))).text();
    }

    private static void entry(ByteArrayOutputStream entries, String what, RepoPath path) {
        entries.writeBytes((what + "\t").getBytes(StandardCharsets.US_ASCII));
        entries.writeBytes(path.bytes());
        entries.write(0);
    }

    private Optional<Stage> file(OpenConflict conflict, Resolution resolution) {
        if (resolution instanceof Resolution.Take take)
            return conflict.side(take.which()).map(side -> side.at(place(conflict, side)));
        if (resolution instanceof Resolution.Content content) return Optional.of(written(conflict, content.bytes()));
        if (resolution instanceof Resolution.Hunks hunks)
            return Optional.of(written(conflict, conflict.text().orElseThrow().with(hunks.choices())));
        return Optional.empty();
    }

    /** Who takes one side of a file with several names takes its name too. */
    private static RepoPath place(OpenConflict conflict, Stage side) {
        Kind kind = conflict.conflict().kind();
        return kind == Kind.RENAME_RENAME || kind == Kind.RENAME_DELETE ? side.path() : conflict.path();
    }

    private Stage written(OpenConflict conflict, byte[] content) {
        return new Stage(mode(conflict).orElseThrow(), new Blobs(store).write(content), Stage.OURS, conflict.path());
    }

    /** A file's rather than a link's. */
    private static Optional<String> mode(OpenConflict conflict) {
        Optional<String> link = Optional.empty();
        for (Which which : new Which[] {Which.OURS, Which.THEIRS, Which.BASE}) {
            Optional<Stage> side = conflict.side(which);
            if (side.filter(Stage::isFile).isPresent()) return side.map(Stage::mode);
            if (link.isEmpty()) link = side.filter(Stage::isSymlink).map(Stage::mode);
        }
        return link;
    }
}
