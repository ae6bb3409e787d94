package io.trails;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a session without touching it. Immutable.
 *
 * @param name as the host gave it
 * @param id derived from the name; safe as a file name, a branch name and a tmux target
 * @param agent name of its agent, if it has one
 * @param mode name of its mode
 * @param composition the providers it stands on; empty for a session of an older trails that recorded none
 * @param state where it is in its life
 * @param directory where its files are on the host, if they are
 * @param branch the branch its work is on, if it has one
 * @param createdAt when it was opened
 * @param missingEnvironment names of variables it was opened with whose values this host does not have; values are never
 *     stored
 * @param problem what is wrong with it, if anything
 */
public record SessionInfo(
        String name,
        String id,
        Optional<String> agent,
        String mode,
        Optional<Composition> composition,
        SessionState state,
        Optional<Path> directory,
        Optional<String> branch,
        Instant createdAt,
        Set<String> missingEnvironment,
        Optional<Reason> problem) {
    /** Checks and copies the components. */
    public SessionInfo {
        Objects.requireNonNull(missingEnvironment, "missingEnvironment");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(composition, "composition");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(createdAt, "createdAt");
        missingEnvironment = Set.copyOf(missingEnvironment);
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * What the session isolates.
     *
     * @return an unmodifiable set
     */
    public Set<Isolation> isolation() {
        return composition.map(Composition::isolation).orElse(Set.of());
    }
}
