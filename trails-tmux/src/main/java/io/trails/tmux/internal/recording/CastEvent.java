package io.trails.tmux.internal.recording;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened in a terminal.
 *
 * @param micros when: since the epoch for what goes into an {@link OutputTape}, since the start for what comes out of a tape
 * @param kind what it is
 * @param data what the published format keeps of it
 */
public record CastEvent(long micros, Kind kind, String data) {
    /** Kinds of events with their codes in the published format. */
    public enum Kind {
        /** Text that was printed. */
        OUTPUT("o"),
        /** Text that was typed. */
        INPUT("i"),
        /** A new size, such as {@code 80x24}. */
        RESIZE("r"),
        /** A place to find again, with or without a name. */
        MARKER("m"),
        /** The exit code of the program. */
        EXIT("x");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static Optional<Kind> of(String code) {
            for (Kind kind : values()) if (kind.code.equals(code)) return Optional.of(kind);
            return Optional.empty();
        }
    }

    /** Checks the components. */
    public CastEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(data, "data");
    }

    /** Text that was printed. */
    public static CastEvent output(long micros, String text) {
        return new CastEvent(micros, Kind.OUTPUT, text);
    }

    /** Text that was typed. */
    public static CastEvent input(long micros, String text) {
        return new CastEvent(micros, Kind.INPUT, text);
    }

    /** A new size. */
    public static CastEvent resize(long micros, int columns, int rows) {
        return new CastEvent(micros, Kind.RESIZE, columns + "x" + rows);
    }

    /** A place to find again; the name may be empty. */
    public static CastEvent marker(long micros, String name) {
        return new CastEvent(micros, Kind.MARKER, name);
    }

    /** The end of the program. */
    public static CastEvent exit(long micros, int code) {
        return new CastEvent(micros, Kind.EXIT, Integer.toString(code));
    }

    CastEvent at(long other) {
        return other == micros ? this : new CastEvent(other, kind, data);
    }
}
