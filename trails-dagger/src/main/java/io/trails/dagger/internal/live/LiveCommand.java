package io.trails.dagger.internal.live;

import io.trails.Input;
import io.trails.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a live program is started with.
 *
 * @param argv program and arguments
 * @param environment what it gets besides the recipe's variables
 * @param secrets the same, for values that nobody may see
 * @param directory where it runs; absolute, in the container
 * @param stdin what it reads; none leaves the stream to the caller
 * @param deadline after which it is ended
 * @param limits POSIX shell that sets limits before the program takes the shell's place; a constant with numbers
 */
public record LiveCommand(
        List<String> argv,
        Map<String, String> environment,
        Map<String, String> secrets,
        String directory,
        Input stdin,
        Optional<Deadline> deadline,
        String limits) {
    public LiveCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }

    /**
     * When a program is ended, and what that means.
     *
     * @param after from its start
     * @param limit whether it broke a limit; else its own timeout passed
     * @param reason for the result
     */
    public record Deadline(Duration after, boolean limit, Reason reason) {}

    @Override
    public String toString() {
        return "LiveCommand" + argv + " in " + directory;
    }
}
