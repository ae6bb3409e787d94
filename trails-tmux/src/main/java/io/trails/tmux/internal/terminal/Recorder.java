package io.trails.tmux.internal.terminal;

import io.trails.Command;
import io.trails.spi.Sandbox;
import io.trails.tmux.internal.output.OutputLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The process that keeps the output of a pane, seen from outside. It belongs to no session. Thread-safe. */
final class Recorder {
    private static final Path PROC = Path.of("/proc");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final PaneFiles files;
    private final boolean onHost;
    private final Sandbox shared;

    Recorder(PaneFiles files, boolean onHost, Sandbox shared) {
        this.files = files;
        this.onHost = onHost;
        this.shared = shared;
    }

    /** Waits until it has written all that it was given; it ends when the pipe of the pane is closed. */
    void awaitEnd(Patience patience) {
        if (!writes()) return;
        wake();
        while (writes() && !patience.over()) patience.pause("waiting for the output of a terminal");
    }

    /** Waits until it has written all that it was given so far, if that shows. */
    void awaitIdle(OutputLog log, Patience patience) {
        wake();
        long before = -1;
        while (!log.ended() && !isGone() && !patience.over()) {
            long total = log.total();
            if (total == before && isIdle()) return;
            before = total;
            patience.rest(LOOK, "waiting for the output of a terminal");
        }
    }

    /** It sleeps only while there is nothing to read. */
    private boolean isIdle() {
        return process().filter(pid -> state(pid) == 'S').isPresent();
    }

    /** Lets it go on if somebody stopped it: tmux would keep all that it does not read, without bound. */
    void wake() {
        Optional<Long> stopped = process().filter(pid -> state(pid) == 'T');
        if (stopped.isPresent())
            shared.exec(
                    Command.of("kill", "-CONT", String.valueOf(stopped.get())).timeout(TIMEOUT));
    }

    /** Whether it was killed: it takes its number back before it ends of its own accord. */
    boolean isGone() {
        return onHost && files.line(files.writer()).isPresent() && process().isEmpty() && hasNumber();
    }

    /** Where processes cannot be seen, what it says itself has to do. One that has not said its number yet is starting. */
    private boolean writes() {
        if (!onHost || files.line(files.writer()).isEmpty()) return hasNumber();
        return process().isPresent();
    }

    private boolean hasNumber() {
        return files.place().size(files.writer()).isPresent();
    }

    /** The living process that works in the directory of the pane, whatever the number in its file says. */
    private Optional<Long> process() {
        if (!onHost) return Optional.empty();
        Optional<String> said = files.line(files.writer());
        if (said.isEmpty() || !said.get().matches("\\d{1,10}")) return Optional.empty();
        long pid = Long.parseLong(said.get());
        try {
            Path works = Files.readSymbolicLink(PROC.resolve(said.get()).resolve("cwd"));
            boolean there = works.equals(Path.of(files.directory()).toRealPath());
            return there && state(pid) != 'Z' ? Optional.of(pid) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static char state(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may contain anything.
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException | IndexOutOfBoundsException gone) {
            return 'Z';
        }
    }
}
