package io.trails.tmux.internal.terminal;

import io.trails.tmux.internal.recording.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** When what was printed: the lines that the recorder writes beside each segment. A damaged or half written one is left out. */
record Timings(PaneFiles files) implements Iterable<Stamp> {
    private static final int CHUNK = 64 * 1024;
    private static final String PREFIX = "timing.";

    @Override
    public Iterator<Stamp> iterator() {
        return new Reading(files);
    }

    private static final class Reading implements Iterator<Stamp> {
        private final PaneFiles files;
        private final ArrayDeque<String> segments = new ArrayDeque<>();
        private final ArrayDeque<Stamp> ready = new ArrayDeque<>();
        private String segment = "";
        private long position;
        private String rest = "";

        Reading(PaneFiles files) {
            this.files = files;
            for (String name : files.place().list(files.directory())) {
                if (name.startsWith(PREFIX)) segments.add(name);
            }
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty()) {
                if (segment.isEmpty()) {
                    if (segments.isEmpty()) return false;
                    segment = files.in(segments.remove());
                    position = 0;
                    rest = "";
                }
                byte[] bytes = files.place().read(segment, position, CHUNK);
                position += bytes.length;
                if (bytes.length == 0) segment = "";
                else take(rest + new String(bytes, StandardCharsets.US_ASCII));
            }
            return true;
        }

        private void take(String text) {
            int from = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
                add(text.substring(from, end));
                from = end + 1;
            }
            rest = text.substring(from);
        }

        private void add(String line) {
            int space = line.indexOf(' ');
            if (!line.matches("\\d{1,18} \\d{1,18}")) return;
            ready.add(new Stamp(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1))));
        }

        @Override
        public Stamp next() {
            if (!hasNext()) throw new NoSuchElementException("The recording has no more times");
            return ready.remove();
        }
    }
}
