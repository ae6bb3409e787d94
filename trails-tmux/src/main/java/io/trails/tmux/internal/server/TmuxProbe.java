package io.trails.tmux.internal.server;

import io.trails.Reason;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Availability;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Looks for a tmux that can be used, on the host. Starts no server and asks none. */
public final class TmuxProbe {
    private static final String INSTALL = "Install tmux 3.0 or newer, or put it on the PATH";
    private static final int MOST_BYTES = 4096;

    private TmuxProbe() {}

    /** What was found. */
    public sealed interface Answer {}

    /**
     * A tmux that can be used.
     *
     * @param program where it is
     * @param notes its version, and what it lacks compared with newer ones
     */
    public record Usable(Path program, TmuxVersion version, List<Reason> notes) implements Answer {
        /** Copies the list. */
        public Usable {
            notes = List.copyOf(notes);
        }
    }

    /** None, and why. */
    public record Unusable(Reason reason) implements Answer {}

    /** What {@link #ask} found, as a provider tells it. */
    public static Availability availability(Map<String, String> environment, Duration patience) {
        Answer answer = ask(environment, patience);
        if (answer instanceof Usable usable) return Availability.available(usable.notes.toArray(Reason[]::new));
        return Availability.unavailable(((Unusable) answer).reason);
    }

    /**
     * Looks for it.
     *
     * @param environment whose {@code PATH} counts
     * @param patience for its answer
     * @throws TrailsInterruptedException if the thread is interrupted
     */
    public static Answer ask(Map<String, String> environment, Duration patience) {
        Optional<Path> program = onPath(environment.getOrDefault("PATH", ""));
        if (program.isEmpty()) return unusable("tmux.missing", "There is no tmux on the PATH", INSTALL);
        Path found = program.get();
        try {
            Optional<String> text = version(found, environment, patience);
            if (text.isEmpty()) {
                return unusable("tmux.silent", found + " does not tell its version in time", "See why it hangs");
            }
            return judge(found, text.get().strip());
        } catch (IOException e) {
            return unusable("tmux.broken", found + " cannot be run: " + e.getMessage(), INSTALL);
        }
    }

    private static Answer judge(Path program, String text) {
        Optional<TmuxVersion> version = TmuxVersion.parse(text);
        if (version.isEmpty()) {
            return unusable("tmux.unknown-version", program + " calls itself '" + text + "'", INSTALL);
        }
        if (!version.get().isAtLeast(3, 0)) {
            return unusable("tmux.too-old", program + " is " + text + ", which lacks what trails needs", INSTALL);
        }
        return new Usable(program, version.get(), notes(program, text, version.get()));
    }

    private static List<Reason> notes(Path program, String text, TmuxVersion version) {
        var notes = new ArrayList<Reason>();
        notes.add(Reason.of("tmux.version", program + " is " + text));
        if (!version.isAtLeast(3, 1)) {
            notes.add(Reason.of(
                    "tmux.before-3.1",
                    "Without a lasting connection it takes short commands of ASCII characters only"));
        }
        if (!version.isAtLeast(3, 2)) {
            notes.add(
                    Reason.of(
                            "tmux.before-3.2",
                            "A program waits while a person who attached is in copy mode; what is typed ends that mode, but not a"
                                    + " menu or a clock that the person opened. Its clients cannot be told to start no server"));
        }
        if (!version.isAtLeast(3, 3)) {
            notes.add(Reason.of(
                    "tmux.before-3.3",
                    "It writes on the screen of a program that has ended, and forgets where its cursor was"));
        }
        return notes;
    }

    private static Unusable unusable(String code, String message, String remedy) {
        return new Unusable(Reason.of(code, message, remedy));
    }

    private static Optional<Path> onPath(String path) {
        for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Optional<Path> program = in(directory);
            if (program.isPresent()) return program;
        }
        return Optional.empty();
    }

    private static Optional<Path> in(String directory) {
        try {
            return Optional.of(Path.of(directory, "tmux"))
                    .filter(file -> file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file));
        } catch (InvalidPathException notADirectory) {
            return Optional.empty();
        }
    }

    /** What it says, or empty if it does not in time. It goes to a file: a pipe would have to be drained meanwhile. */
    private static Optional<String> version(Path program, Map<String, String> environment, Duration patience)
            throws IOException {
        Path answer = Files.createTempFile("trails-tmux", ".version");
        try {
            var builder = new ProcessBuilder(program.toString(), "-V")
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TMUX"));
            builder.environment().put("PATH", environment.getOrDefault("PATH", ""));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!ends(process, patience)) return Optional.empty();
            byte[] bytes;
            try (var in = Files.newInputStream(answer)) {
                bytes = in.readNBytes(MOST_BYTES);
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    private static boolean ends(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new TrailsInterruptedException("waiting for the version of tmux", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
