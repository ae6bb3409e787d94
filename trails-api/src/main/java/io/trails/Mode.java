package io.trails;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A name and, per axis, the provider ids to try in order; the first usable one wins. Immutable.
 *
 * <p>A mode is data, so a host adds its own without a new class:
 *
 * <pre>{@code
 * Mode jailed = Mode.named("jailed").workspaces("worktree").sandboxes("acme.firejail").terminals("tmux", "headless").build();
 * }</pre>
 *
 * @param name lower-case letters, digits and hyphens
 * @param workspaces ids of workspace providers, most wanted first
 * @param sandboxes ids of sandbox providers, most wanted first
 * @param terminals ids of terminal providers, most wanted first
 */
public record Mode(String name, List<String> workspaces, List<String> sandboxes, List<String> terminals) {
    /** In the project directory. Isolates nothing. Also called {@code basic} or {@code tmux}. */
    public static final Mode DIRECT =
            new Mode("direct", List.of("repository", "in-place"), List.of("host"), List.of("tmux", "headless"));

    /** Its own git worktree and branch. Isolates files. Also called {@code git}. */
    public static final Mode WORKTREE =
            new Mode("worktree", List.of("worktree"), List.of("host"), List.of("tmux", "headless"));

    /** In a container. Isolates files, processes, system and network stack. Also called {@code dagger}, {@code docker}. */
    public static final Mode CONTAINER =
            new Mode("container", List.of("worktree", "in-place"), List.of("dagger"), List.of("tmux", "headless"));

    /** Checks the name and copies the lists; each axis needs at least one id. */
    public Mode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(workspaces, "workspaces");
        Objects.requireNonNull(sandboxes, "sandboxes");
        Objects.requireNonNull(terminals, "terminals");
        workspaces = List.copyOf(workspaces);
        sandboxes = List.copyOf(sandboxes);
        terminals = List.copyOf(terminals);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "A mode's name is lower-case letters, digits and hyphens, not '" + name + "'");
        }
        if (workspaces.isEmpty() || sandboxes.isEmpty() || terminals.isEmpty()) {
            throw new IllegalArgumentException("Mode '" + name + "' needs at least one provider id on each axis");
        }
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 64) return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter && (c != '-' || i == 0)) return false;
        }
        return true;
    }

    /**
     * The built-in mode of that name or alias, whatever its case and surrounding blanks.
     *
     * @param name such as {@code worktree} or its alias {@code git}
     * @return the mode
     * @throws IllegalArgumentException for any other name; the message lists the known ones
     */
    public static Mode parse(String name) {
        Objects.requireNonNull(name, "name");
        return lookup(name)
                .orElseThrow(() -> new IllegalArgumentException("No built-in mode is called '" + name
                        + "'; there are direct (basic, tmux), worktree (git) and container (dagger, docker)"));
    }

    /**
     * The built-in mode of that name or alias, if there is one.
     *
     * @param name such as {@code worktree} or its alias {@code git}
     * @return the mode, or empty
     */
    public static Optional<Mode> lookup(String name) {
        Objects.requireNonNull(name, "name");
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "direct", "basic", "tmux" -> Optional.of(DIRECT);
            case "worktree", "git" -> Optional.of(WORKTREE);
            case "container", "dagger", "docker" -> Optional.of(CONTAINER);
            default -> Optional.empty();
        };
    }

    /**
     * The provider ids of one axis.
     *
     * @param axis which
     * @return the ids, most wanted first
     */
    public List<String> ids(Axis axis) {
        Objects.requireNonNull(axis, "axis");
        return switch (axis) {
            case WORKSPACE -> workspaces;
            case SANDBOX -> sandboxes;
            case TERMINAL -> terminals;
        };
    }

    /**
     * Starts a mode of the host's own. An axis left out takes the ids of {@link #DIRECT}.
     *
     * @param name lower-case letters, digits and hyphens
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Builds a mode. Single-threaded. */
    public static final class Builder {
        private final String name;
        private List<String> workspaces = DIRECT.workspaces();
        private List<String> sandboxes = DIRECT.sandboxes();
        private List<String> terminals = DIRECT.terminals();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Sets the workspace providers.
         *
         * @param ids most wanted first
         * @return this builder
         */
        public Builder workspaces(String... ids) {
            Objects.requireNonNull(ids, "ids");
            workspaces = List.of(ids);
            return this;
        }

        /**
         * Sets the sandbox providers.
         *
         * @param ids most wanted first
         * @return this builder
         */
        public Builder sandboxes(String... ids) {
            Objects.requireNonNull(ids, "ids");
            sandboxes = List.of(ids);
            return this;
        }

        /**
         * Sets the terminal providers.
         *
         * @param ids most wanted first
         * @return this builder
         */
        public Builder terminals(String... ids) {
            Objects.requireNonNull(ids, "ids");
            terminals = List.of(ids);
            return this;
        }

        /**
         * Builds the mode.
         *
         * @return the mode
         * @throws IllegalArgumentException if the name is no name or an axis has no id
         */
        public Mode build() {
            return new Mode(name, workspaces, sandboxes, terminals);
        }
    }
}
