package io.trails.worktree;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Work of a removed session that was brought to a safe place: to refs of the repository, which keep it until
 * {@link Rescues#collect} is told to delete it. Immutable.
 *
 * @param id names it in its repository
 * @param sessionId the id of the session it was rescued of
 * @param rescuedAt when
 * @param branch the branch that the session's work was on, short; empty if it is not known
 * @param commit holds the files as they were, and what was committed before them is in its history
 * @param changedFiles how many files had changes that were not committed
 * @param message what was rescued, for people
 * @param refs the full names of the refs that keep it
 */
public record Rescue(
        String id,
        String sessionId,
        Instant rescuedAt,
        Optional<String> branch,
        String commit,
        int changedFiles,
        String message,
        List<String> refs) {
    /** Copies the list. */
    public Rescue {
        Objects.requireNonNull(refs, "refs");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(rescuedAt, "rescuedAt");
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(message, "message");
        refs = List.copyOf(refs);
    }
}
