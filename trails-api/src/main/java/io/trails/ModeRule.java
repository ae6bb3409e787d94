package io.trails;

import io.trails.internal.select.PathGlob;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Which modes an agent may use in a project. Immutable. The {@code project_rules} of settings files and the rules of a
 * {@link SecurityPolicy} are of this type.
 *
 * <p>A path is written with {@code /} on every platform. In it {@code *} stands for any characters but {@code /}, {@code ?}
 * for one, {@code [a-z]} and {@code [!a-z]} for one of a class, {@code {one,other}} for either, and a backslash takes the
 * next character literally. {@code **} as a whole name stands for any number of names, also none: {@code /srv/**} holds for
 * {@code /srv} itself. Elsewhere it stands for any characters. A {@code /} at the end changes nothing. What does not start
 * with {@code /} may start at any name: {@code shop/api} is the same as <code>**&#47;shop/api</code>. A path without any
 * {@code /} holds for whatever is called so and for everything below it. Case matters, but on Windows.
 *
 * @param agent a glob over agent names, with {@code *} and {@code ?}; {@code *} alone also matches a session without an
 *     agent
 * @param path a glob over the absolute project directory, as below
 * @param requiredMode the only mode allowed, as a name or alias
 * @param allowedModes the modes allowed, as names or aliases; empty means all
 * @param reason why, shown to people
 */
public record ModeRule(
        String agent, String path, Optional<String> requiredMode, Set<String> allowedModes, String reason) {
    /** Checks and copies the components; a glob that is none is an {@link IllegalArgumentException}. */
    public ModeRule {
        Objects.requireNonNull(allowedModes, "allowedModes");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(requiredMode, "requiredMode");
        allowedModes = Set.copyOf(allowedModes);
        Objects.requireNonNull(reason, "reason");
        if (requiredMode.isEmpty() && allowedModes.isEmpty()) {
            throw new IllegalArgumentException("A rule needs a required mode or allowed modes");
        }
        try {
            PathGlob.of(path);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("The glob '" + path + "' is wrong: " + wrong.getDescription(), wrong);
        }
    }

    /**
     * Requires a mode for every agent in matching projects.
     *
     * @param path a glob over the project directory
     * @param mode its name or alias
     * @param reason why
     * @return the rule
     */
    public static ModeRule require(String path, String mode, String reason) {
        Objects.requireNonNull(mode, "mode");
        return new ModeRule("*", path, Optional.of(mode), Set.of(), reason);
    }

    /**
     * Allows modes for every agent in matching projects.
     *
     * @param path a glob over the project directory
     * @param modes names or aliases
     * @param reason why
     * @return the rule
     */
    public static ModeRule allow(String path, Set<String> modes, String reason) {
        Objects.requireNonNull(modes, "modes");
        return new ModeRule("*", path, Optional.empty(), modes, reason);
    }

    /**
     * The same for agents of matching names only.
     *
     * @param glob over agent names
     * @return a new rule
     */
    public ModeRule forAgents(String glob) {
        return new ModeRule(glob, path, requiredMode, allowedModes, reason);
    }
}
