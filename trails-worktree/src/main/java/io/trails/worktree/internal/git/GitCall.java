package io.trails.worktree.internal.git;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One command for git. Immutable. Arguments are never secret. */
public final class GitCall {
    private static final Duration USUAL = Duration.ofMinutes(2);
    private static final long USUAL_OUTPUT = 256L << 20;

    private final List<String> arguments;
    private final List<String> configuration;
    private final Map<String, String> environment;
    private final byte[] input;
    private final Duration timeout;
    private final Set<Integer> accepted;
    private final boolean locking;
    private final long maxOutput;

    private GitCall(
            List<String> arguments,
            List<String> configuration,
            Map<String, String> environment,
            byte[] input,
            Duration timeout,
            Set<Integer> accepted,
            boolean locking,
            long maxOutput) {
        this.arguments = arguments;
        this.configuration = configuration;
        this.environment = environment;
        this.input = input;
        this.timeout = timeout;
        this.accepted = accepted;
        this.locking = locking;
        this.maxOutput = maxOutput;
    }

    /** A command that reads, ends within two minutes, and succeeds with exit code 0. */
    public static GitCall of(String... arguments) {
        return of(List.of(arguments));
    }

    public static GitCall of(List<String> arguments) {
        return new GitCall(
                List.copyOf(arguments), List.of(), Map.of(), new byte[0], USUAL, Set.of(0), false, USUAL_OUTPUT);
    }

    /** The same with more arguments at its end. */
    public GitCall and(String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return copy(List.copyOf(all), configuration, environment, input, timeout, accepted, locking, maxOutput);
    }

    /** The same with a setting that goes before the user's, as {@code git -c} takes it. */
    public GitCall config(String key, String value) {
        var all = new ArrayList<>(configuration);
        all.add(key + "=" + value);
        return copy(arguments, List.copyOf(all), environment, input, timeout, accepted, locking, maxOutput);
    }

    /** The same with a variable; its value may be secret. */
    public GitCall with(String variable, String value) {
        var all = new LinkedHashMap<>(environment);
        all.put(variable, value);
        return copy(arguments, configuration, Map.copyOf(all), input, timeout, accepted, locking, maxOutput);
    }

    public GitCall input(byte[] bytes) {
        return copy(arguments, configuration, environment, bytes.clone(), timeout, accepted, locking, maxOutput);
    }

    public GitCall input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    public GitCall timeout(Duration limit) {
        return copy(arguments, configuration, environment, input, limit, accepted, locking, maxOutput);
    }

    /** The same with further exit codes that are an answer. */
    public GitCall accepting(Integer... exitCodes) {
        return copy(arguments, configuration, environment, input, timeout, Set.of(exitCodes), locking, maxOutput);
    }

    /** The same for a command that may take git's optional locks, because it is about to change the tree itself. */
    public GitCall locking() {
        return copy(arguments, configuration, environment, input, timeout, accepted, true, maxOutput);
    }

    /** The same with another bound on what is kept of its output; more than that is a failure. */
    public GitCall maxOutput(long bytes) {
        return copy(arguments, configuration, environment, input, timeout, accepted, locking, bytes);
    }

    private static GitCall copy(
            List<String> arguments,
            List<String> configuration,
            Map<String, String> environment,
            byte[] input,
            Duration timeout,
            Set<Integer> accepted,
            boolean locking,
            long maxOutput) {
        return new GitCall(arguments, configuration, environment, input, timeout, accepted, locking, maxOutput);
    }

    List<String> arguments() {
        return arguments;
    }

    List<String> configuration() {
        return configuration;
    }

    Map<String, String> environment() {
        return environment;
    }

    byte[] input() {
        return input;
    }

    Duration timeout() {
        return timeout;
    }

    boolean accepts(int exitCode) {
        return accepted.contains(exitCode);
    }

    boolean isLocking() {
        return locking;
    }

    long maxOutput() {
        return maxOutput;
    }

    @Override
    public String toString() {
        return "git " + String.join(" ", arguments);
    }
}
