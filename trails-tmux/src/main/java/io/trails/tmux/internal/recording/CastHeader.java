package io.trails.tmux.internal.recording;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a recording says about itself.
 *
 * @param columns the width at the start
 * @param rows the height at the start
 * @param term the kind of terminal, such as {@code tmux-256color}
 * @param startMicros when it began, in microseconds since the epoch, if known
 * @param title what to call it
 * @param command what ran, quoted as a shell would read it; see {@link #command(List)}
 * @param idleSeconds pauses should not be played longer than this
 * @param environment the little of it that is recorded: SHELL at most, for the kind of terminal has a place of its own
 */
public record CastHeader(
        int columns,
        int rows,
        Optional<String> term,
        Optional<Long> startMicros,
        Optional<String> title,
        Optional<String> command,
        Optional<Double> idleSeconds,
        Map<String, String> environment) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** Checks and copies the components. */
    public CastHeader {
        if (columns < 1 || rows < 1) throw new IllegalArgumentException("No terminal is " + columns + " x " + rows);
        Objects.requireNonNull(term, "term");
        Objects.requireNonNull(startMicros, "startMicros");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(idleSeconds, "idleSeconds");
        environment = Map.copyOf(environment);
    }

    /** A header of a size and a start. */
    public static CastHeader of(int columns, int rows, long startMicros) {
        return new CastHeader(
                columns,
                rows,
                Optional.empty(),
                Optional.of(startMicros),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** The same with a kind of terminal. */
    public CastHeader withTerm(String kind) {
        return new CastHeader(columns, rows, Optional.of(kind), startMicros, title, command, idleSeconds, environment);
    }

    /** The same with a title. */
    public CastHeader withTitle(String text) {
        return new CastHeader(columns, rows, term, startMicros, Optional.of(text), command, idleSeconds, environment);
    }

    /** The same with a command. */
    public CastHeader withCommand(List<String> argv) {
        return new CastHeader(
                columns, rows, term, startMicros, title, Optional.of(command(argv)), idleSeconds, environment);
    }

    /** The same with the user's shell. */
    public CastHeader withShell(String shell) {
        return new CastHeader(columns, rows, term, startMicros, title, command, idleSeconds, Map.of("SHELL", shell));
    }

    /** The same with all its texts changed; the names of variables are none. */
    CastHeader withTexts(UnaryOperator<String> change) {
        var variables = new HashMap<>(environment);
        variables.replaceAll((name, value) -> change.apply(value));
        return new CastHeader(
                columns,
                rows,
                term.map(change),
                startMicros,
                title.map(change),
                command.map(change),
                idleSeconds,
                variables);
    }

    /** A command as a shell would read it. */
    static String command(List<String> argv) {
        return argv.stream().map(CastHeader::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + quoted(word) + "'";
    }

    /** What of a text stands between quotes. */
    static String quoted(String text) {
        return text.replace("'", "'\\''");
    }
}
