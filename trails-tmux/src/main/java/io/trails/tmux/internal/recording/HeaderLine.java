package io.trails.tmux.internal.recording;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a file.
 *
 * @param header what it says
 * @param relative whether times count from the event before, as in v3, or from the start, as in v2
 */
record HeaderLine(CastHeader header, boolean relative) {
    private static final double MICROS = 1e6;
    private static final double LAST_SECOND = 1e11;
    private static final int LARGEST = 1_000_000;

    static HeaderLine of(@Nullable Object json) throws IOException {
        if (!(json instanceof Map<?, ?> line)) throw new IOException("It does not begin with a header");
        Object version = line.get("version");
        if (Double.valueOf(3).equals(version)) {
            if (!(line.get("term") instanceof Map<?, ?> term)) throw new IOException("Its header has no 'term'");
            return new HeaderLine(header(line, term, "cols", "rows", text(term, "type")), true);
        }
        if (Double.valueOf(2).equals(version)) {
            Optional<String> type = line.get("env") instanceof Map<?, ?> env ? text(env, "TERM") : Optional.empty();
            return new HeaderLine(header(line, line, "width", "height", type), false);
        }
        throw new IOException("Its header says no version that can be read");
    }

    private static CastHeader header(Map<?, ?> line, Map<?, ?> size, String columns, String rows, Optional<String> term)
            throws IOException {
        return new CastHeader(
                number(size, columns),
                number(size, rows),
                term,
                start(line),
                text(line, "title"),
                text(line, "command"),
                idle(line),
                environment(line));
    }

    private static int number(Map<?, ?> size, String name) throws IOException {
        if (size.get(name) instanceof Double number && number >= 1 && number <= LARGEST) return number.intValue();
        throw new IOException("Its header has no '" + name + "'");
    }

    private static Optional<Long> start(Map<?, ?> line) {
        return line.get("timestamp") instanceof Double seconds && seconds >= 0 && seconds < LAST_SECOND
                ? Optional.of((long) (seconds * MICROS))
                : Optional.empty();
    }

    private static Optional<Double> idle(Map<?, ?> line) {
        return line.get("idle_time_limit") instanceof Double limit && limit >= 0 && limit < LAST_SECOND
                ? Optional.of(limit)
                : Optional.empty();
    }

    private static Map<String, String> environment(Map<?, ?> line) {
        var variables = new LinkedHashMap<String, String>();
        if (line.get("env") instanceof Map<?, ?> env) {
            env.forEach((name, value) -> {
                if (name instanceof String key && value instanceof String text) variables.put(key, text);
            });
        }
        variables.remove("TERM");
        return variables;
    }

    private static Optional<String> text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
