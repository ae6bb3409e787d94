package io.trails;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A program to run and what it gets. Immutable. The arguments reach the program as they are: no shell is involved
 * unless the command names one.
 *
 * <p>{@link #toString()} shows neither the environment's values nor the input.
 *
 * @param argv the program and its arguments, at least the program, without NUL characters
 * @param environment added to the session's environment; wins over it
 * @param directory where it runs: absolute, or relative to the session's directory, which is also the default
 * @param timeout after which it and its descendants are ended and the result is {@code TIMED_OUT}
 * @param stdin what it reads
 * @param capture how much of its output is kept
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        Optional<Path> directory,
        Optional<Duration> timeout,
        Input stdin,
        Capture capture) {
    /** Checks and copies the components. */
    public Command {
        Objects.requireNonNull(argv, "argv");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(timeout, "timeout");
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(stdin, "stdin");
        Objects.requireNonNull(capture, "capture");
        if (argv.isEmpty() || argv.get(0).isEmpty()) throw new IllegalArgumentException("A command needs a program");
        for (String argument : argv) {
            if (argument.indexOf('\0') >= 0) throw new IllegalArgumentException("An argument contains NUL");
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            EnvironmentNames.check(variable.getKey(), variable.getValue());
        }
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw new IllegalArgumentException("A timeout must be positive: " + timeout.get());
        }
    }

    /**
     * The program and its arguments, with no input, no timeout and the default capture.
     *
     * @param argv the program and its arguments
     * @return the command
     */
    public static Command of(String... argv) {
        Objects.requireNonNull(argv, "argv");
        return of(List.of(argv));
    }

    /**
     * The program and its arguments, with no input, no timeout and the default capture.
     *
     * @param argv the program and its arguments
     * @return the command
     */
    public static Command of(List<String> argv) {
        return new Command(argv, Map.of(), Optional.empty(), Optional.empty(), Input.none(), Capture.DEFAULT);
    }

    /**
     * The same behind a launcher, which is what runs then and has to start the program with its arguments.
     *
     * @param launcher a program and its first arguments
     * @return a new command
     */
    public Command startedBy(List<String> launcher) {
        Objects.requireNonNull(launcher, "launcher");
        var both = new ArrayList<>(launcher);
        both.addAll(argv);
        return new Command(both, environment, directory, timeout, stdin, capture);
    }

    /**
     * The same with more environment variables.
     *
     * @param more names and values; they win over those already here
     * @return a new command
     */
    public Command environment(Map<String, String> more) {
        Objects.requireNonNull(more, "more");
        var merged = new HashMap<>(environment);
        merged.putAll(more);
        return new Command(argv, merged, directory, timeout, stdin, capture);
    }

    /**
     * The same in another directory.
     *
     * @param where absolute, or relative to the session's directory
     * @return a new command
     */
    public Command in(Path where) {
        Objects.requireNonNull(where, "where");
        return new Command(argv, environment, Optional.of(where), timeout, stdin, capture);
    }

    /**
     * The same with a deadline.
     *
     * @param atMost after which it and its descendants are ended
     * @return a new command
     */
    public Command timeout(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        return new Command(argv, environment, directory, Optional.of(atMost), stdin, capture);
    }

    /**
     * The same with an input.
     *
     * @param input what it reads
     * @return a new command
     */
    public Command stdin(Input input) {
        return new Command(argv, environment, directory, timeout, input, capture);
    }

    /**
     * The same with another capture.
     *
     * @param kept how much of its output is kept
     * @return a new command
     */
    public Command capture(Capture kept) {
        return new Command(argv, environment, directory, timeout, stdin, kept);
    }

    @Override
    public String toString() {
        return "Command" + argv + (environment.isEmpty() ? "" : " with " + environment.keySet());
    }
}
