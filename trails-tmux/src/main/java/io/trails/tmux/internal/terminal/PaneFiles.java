package io.trails.tmux.internal.terminal;

import io.trails.TrailsException;
import io.trails.tmux.internal.place.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The files of one pane: all that is known of it outside a JVM and tmux.
 *
 * @param directory private to the user, absolute in the place
 */
record PaneFiles(Place place, String directory) {
    /** Locked while a line runs. */
    static final String LINE_LOCK = "line-lock";

    /** Locked while the terminal is launched or removed. */
    static final String LAUNCH_LOCK = "launch-lock";

    private static final int SMALL = 4096;

    /** What {@link #delete()} may touch: nothing that somebody else put there. */
    private static final List<String> PREFIXES = List.of("output.", "timing.", "line-", "events.");

    private static final List<String> NAMES = List.of("started", "refused", "status", "events", LAUNCH_LOCK);

    /** Where the pane is, as the wrapper saw it; present once the program's orders are carried out. */
    String started() {
        return in("started");
    }

    /** Why the program was not started. */
    String refused() {
        return in("refused");
    }

    /** The exit code in decimal and a line feed; complete once the line feed is there. */
    String status() {
        return in("status");
    }

    /** The process that keeps the output. */
    String writer() {
        return in("output.writer");
    }

    /** What happened beside output, for the recording. */
    String events() {
        return in("events");
    }

    String in(String name) {
        return directory + "/" + name;
    }

    Optional<String> line(String file) {
        String text = new String(place.read(file, 0, SMALL), StandardCharsets.UTF_8);
        return text.endsWith("\n") ? Optional.of(text.substring(0, text.length() - 1)) : Optional.empty();
    }

    /** The number in a file of the form digits and line feed, or empty while the file is absent or half written. */
    OptionalInt number(String file) {
        Optional<String> line = line(file);
        if (line.isEmpty()) return OptionalInt.empty();
        try {
            return OptionalInt.of(Integer.parseInt(line.get().strip()));
        } catch (NumberFormatException e) {
            throw new TrailsException(
                    "terminal.unreadable", file + " should hold a number and does not; remove the terminal", e);
        }
    }

    /** Whether anything was created here. */
    boolean exist() {
        return place.list(directory).stream().anyMatch(PaneFiles::isOurs);
    }

    /** Deletes what was created here and nothing else. */
    void delete() {
        for (String name : place.list(directory)) {
            if (isOurs(name)) place.delete(in(name));
        }
    }

    private static boolean isOurs(String name) {
        boolean draft = name.startsWith(".") && name.endsWith(".new");
        return draft || NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }
}
