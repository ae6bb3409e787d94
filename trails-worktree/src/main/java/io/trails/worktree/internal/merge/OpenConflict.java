package io.trails.worktree.internal.merge;

import io.trails.Conflict;
import io.trails.Resolution;
import io.trails.worktree.internal.git.RepoPath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conflict, and what is needed to settle it. Immutable.
 *
 * @param conflict as callers see it
 * @param path its path, byte by byte
 * @param sides their files, each with the path that it has there
 * @param places where git left something of it in the merged tree
 * @param text its lines, if all its sides have lines
 */
record OpenConflict(
        Conflict conflict,
        RepoPath path,
        Map<Resolution.Which, Stage> sides,
        Set<RepoPath> places,
        Optional<MergedText> text) {
    OpenConflict {
        sides = Map.copyOf(sides);
        places = Set.copyOf(places);
    }

    Optional<Stage> side(Resolution.Which which) {
        return Optional.ofNullable(sides.get(which));
    }
}
