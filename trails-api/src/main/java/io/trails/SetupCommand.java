package io.trails;

import io.trails.internal.select.PathGlob;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;

/**
 * A command that prepares the files of a new session, such as one that fetches dependencies. It is run in the session's
 * directory once the files are there and before anything else runs in it; if it fails, the session is not opened. Immutable.
 *
 * @param path a glob over the absolute project directory, as in {@link ModeRule}
 * @param command the program and its arguments; no shell reads them
 * @param timeout after which it is ended and counts as failed
 */
public record SetupCommand(String path, List<String> command, Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /** Checks and copies the components; a glob that is none is an {@link IllegalArgumentException}. */
    public SetupCommand {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(timeout, "timeout");
        command = List.copyOf(command);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("A setup command has a program");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("A setup command needs a time above zero, not " + timeout);
        }
        try {
            PathGlob.of(path);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("The glob '" + path + "' is wrong: " + wrong.getDescription(), wrong);
        }
    }

    /**
     * A command that may take ten minutes.
     *
     * @param path a glob over the project directory
     * @param command the program and its arguments
     * @return the command
     */
    public static SetupCommand in(String path, String... command) {
        Objects.requireNonNull(command, "command");
        return new SetupCommand(path, List.of(command), DEFAULT_TIMEOUT);
    }

    /**
     * The same with another time.
     *
     * @param longest after which it is ended
     * @return a new command
     */
    public SetupCommand timeout(Duration longest) {
        return new SetupCommand(path, command, longest);
    }
}
