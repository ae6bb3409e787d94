package io.trails.worktree.internal.merge;

import io.trails.Conflict;
import io.trails.ConflictResolver;
import io.trails.HunkChoice;
import io.trails.Reason;
import io.trails.Resolution;
import io.trails.worktree.internal.git.RepoPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was decided, and what is still open. Immutable.
 *
 * @param decided by conflict
 * @param open what nobody decided
 * @param objections why a decision cannot be taken
 */
record Decisions(Map<OpenConflict, Resolution> decided, List<OpenConflict> open, List<Reason> objections) {
    private static final Pattern MARKER = Pattern.compile("(?m)^(?:<{7}|>{7})(?: .*)?\\r?$");

    static Decisions none() {
        return new Decisions(Map.of(), List.of(), List.of());
    }

    /**
     * Decides by the resolutions, and asks the resolver about what they leave open.
     *
     * @param resolutions by path as it is shown
     * @param made what was decided in the same merge before, by exact path
     * @throws IllegalArgumentException if a resolution does not fit its conflict
     */
    static Decisions of(
            List<OpenConflict> conflicts,
            Map<String, Resolution> resolutions,
            Map<RepoPath, Resolution> made,
            Optional<ConflictResolver> resolver,
            boolean markersAllowed,
            Blobs blobs) {
        var decided = new LinkedHashMap<OpenConflict, Resolution>();
        var open = new ArrayList<OpenConflict>();
        var objections = new ArrayList<Reason>();
        for (OpenConflict conflict : conflicts) {
            String path = conflict.conflict().path();
            Optional<Resolution> resolution = Optional.ofNullable(made.get(conflict.path()))
                    .or(() -> Optional.ofNullable(resolutions.get(path)))
                    .or(() -> resolver.flatMap(
                            asked -> asked.resolve(conflict.conflict(), side -> read(conflict, side, blobs))));
            if (resolution.isEmpty()) {
                open.add(conflict);
                continue;
            }
            Settlement.check(conflict, resolution.get());
            if (resolutions.containsKey(path) && !isOnly(path, conflicts) && !objections.contains(ambiguous(path)))
                objections.add(ambiguous(path));
            if (!markersAllowed && hasMarkers(resolution.get())) objections.add(markersLeft(conflict));
            decided.put(conflict, resolution.get());
        }
        return new Decisions(decided, open, objections);
    }

    private static boolean isOnly(String path, List<OpenConflict> conflicts) {
        return conflicts.stream()
                        .filter(other -> other.conflict().path().equals(path))
                        .count()
                == 1;
    }

    private static Reason ambiguous(String path) {
        return Reason.of(
                "worktree.resolution-ambiguous",
                "Several files with conflicts have names that are no UTF-8 and are all shown as " + path,
                "Decide them by a ConflictResolver, which is asked about each");
    }

    private static byte[] read(OpenConflict conflict, Conflict.Side side, Blobs blobs) {
        boolean known = conflict.sides().values().stream()
                .anyMatch(stage -> stage.objectId().equals(side.objectId()) && !stage.isSubmodule());
        if (!known)
            throw new IllegalArgumentException(side + " is no file of the conflict at "
                    + conflict.conflict().path());
        return blobs.read(side.objectId());
    }

    private static boolean hasMarkers(Resolution resolution) {
        if (resolution instanceof Resolution.Content content)
            return MARKER.matcher(new String(content.bytes(), StandardCharsets.ISO_8859_1))
                    .find();
        if (!(resolution instanceof Resolution.Hunks hunks)) return false;
        return hunks.choices().stream()
                .anyMatch(choice -> choice instanceof HunkChoice.Lines lines
                        && MARKER.matcher(String.join("\n", lines.lines())).find());
    }

    private static Reason markersLeft(OpenConflict conflict) {
        return Reason.of(
                "worktree.markers-left",
                "The resolution of " + conflict.conflict().path() + " still has conflict markers",
                "Take them out, or allow them with MergeRequest.Builder.allowMarkers()");
    }

    /** What resolutions were given for. */
    static IllegalArgumentException unknown(Iterable<String> paths) {
        return new IllegalArgumentException("There is no conflict at " + String.join(", ", paths));
    }
}
