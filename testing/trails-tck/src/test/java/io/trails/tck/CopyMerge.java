package io.trails.tck;

import io.trails.Changes;
import io.trails.Conflict;
import io.trails.ConflictResolver;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.Resolution;
import io.trails.TrailsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A merge of whole files, in memory. Single-threaded. */
final class CopyMerge {
    private final CopiedFiles base;
    private final CopiedFiles ours;
    private final CopiedFiles theirs;
    private final MergeRequest request;
    private final TreeMap<String, byte[]> merged;
    private final List<Conflict> conflicts = new ArrayList<>();

    CopyMerge(CopiedFiles base, CopiedFiles ours, CopiedFiles theirs, MergeRequest request) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
        this.request = request;
        merged = new TreeMap<>(ours.files());
        String target = request.target().orElse("main");
        if (!target.equals("main")) throw new TrailsException("copy.target-unknown", "There is no '" + target + "'");
        for (String path : CopiedFiles.paths(base, ours, theirs)) merge(path);
    }

    private void merge(String path) {
        if (theirs.same(base, path) || theirs.same(ours, path)) return;
        if (ours.same(base, path)) {
            put(path, theirs.find(path));
            return;
        }
        Conflict conflict = new Conflict(
                path, kind(path), side(base, path), side(ours, path), side(theirs, path), List.of(), List.of());
        Optional<Resolution> decided = Optional.ofNullable(request.resolutions().get(path));
        if (decided.isEmpty() && request.resolver().isPresent()) {
            ConflictResolver.Contents contents =
                    side -> side.equals(side(ours, path).orElse(side))
                            ? ours.files().get(path)
                            : theirs.files().get(path);
            decided = request.resolver().get().resolve(conflict, contents);
        }
        if (decided.isEmpty() || decided.get() instanceof Resolution.Hunks) conflicts.add(conflict);
        else put(path, content(path, decided.get()));
    }

    private Conflict.Kind kind(String path) {
        if (ours.find(path).isEmpty() || theirs.find(path).isEmpty()) return Conflict.Kind.MODIFY_DELETE;
        return base.find(path).isEmpty() ? Conflict.Kind.ADD_ADD : Conflict.Kind.CONTENT;
    }

    private static Optional<Conflict.Side> side(CopiedFiles files, String path) {
        return files.find(path).map(content -> {
            var alone = new TreeMap<String, byte[]>();
            alone.put("", content);
            return new Conflict.Side(path, "100644", new CopiedFiles(alone).id());
        });
    }

    private Optional<byte[]> content(String path, Resolution decision) {
        if (decision instanceof Resolution.Content content) return Optional.of(content.bytes());
        if (decision instanceof Resolution.Take take) {
            return switch (take.which()) {
                case BASE -> base.find(path);
                case OURS -> ours.find(path);
                case THEIRS -> theirs.find(path);
            };
        }
        return Optional.empty();
    }

    private void put(String path, Optional<byte[]> content) {
        if (content.isPresent()) merged.put(path, content.get());
        else merged.remove(path);
    }

    CopiedFiles merged() {
        return new CopiedFiles(merged);
    }

    MergePreview preview() {
        Changes changes = CopyWorkspace.changes(ours, merged());
        Outcome outcome = !conflicts.isEmpty()
                ? Outcome.CONFLICTED
                : changes.files().isEmpty() ? Outcome.UP_TO_DATE : Outcome.CLEAN;
        return new MergePreview(
                "main",
                ours.id(),
                theirs.id(),
                Optional.of(base.id()),
                outcome,
                conflicts,
                changes,
                List.of(),
                token());
    }

    String token() {
        return ours.id() + " " + theirs.id();
    }
}
