package io.trails.tmux.internal.terminal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What happened in a pane beside output, for its recording: lines of the time in microseconds since 1970, a letter, and what
 * it was. Several JVMs append to it.
 */
record PaneEvents(PaneFiles files) {
    static final char START = 's';
    static final char INPUT = 'i';
    static final char SIZE = 'r';

    private static final int CHUNK = 1 << 20;

    /** One event. */
    record Event(long micros, char kind, String data) {}

    /** Of the program with its arguments, before it prints anything. */
    void start(List<String> argv) {
        append(START, encoded(String.join("\0", argv)));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void input(String text) {
        append(INPUT, encoded(text));
    }

    /** @param micros when it was asked for: the program may have drawn everything anew by now */
    void resize(long micros, int columns, int rows) {
        append(micros, SIZE, columns + "x" + rows);
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void append(char kind, String data) {
        append(now(), kind, data);
    }

    private void append(long micros, char kind, String data) {
        files.place()
                .append(files.events(), (micros + " " + kind + " " + data + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** All of them in the order they were written; what is damaged is left out. */
    List<Event> read() {
        var text = new StringBuilder();
        long from = 0;
        while (true) {
            byte[] bytes = files.place().read(files.events(), from, CHUNK);
            if (bytes.length == 0) break;
            text.append(new String(bytes, StandardCharsets.US_ASCII));
            from += bytes.length;
        }
        var events = new ArrayList<Event>();
        for (String line : text.toString().split("\n", -1)) {
            String[] parts = line.split(" ", 3);
            if (parts.length != 3 || !parts[0].matches("\\d{1,18}") || parts[1].length() != 1) continue;
            events.add(new Event(Long.parseLong(parts[0]), parts[1].charAt(0), parts[2]));
        }
        return events;
    }

    /** What was encoded as {@link #INPUT} or {@link #START}; nothing if it is damaged. */
    static String text(Event event) {
        return new String(Base64.getDecoder().decode(event.data()), StandardCharsets.UTF_8);
    }
}
