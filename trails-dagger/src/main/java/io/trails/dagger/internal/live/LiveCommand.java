package io.trails.dagger.internal.live;

import io.trails.Input;
import java.util.List;
import java.util.Map;

/**
 * What a live program is started with.
 *
 * @param argv program and arguments
 * @param environment what it gets besides the recipe's variables
 * @param secrets the same, for values that nobody may see
 * @param directory where it runs; absolute, in the container
 * @param stdin what it reads; none leaves the stream to the caller
 * @param bounds what ends it besides itself
 */
public record LiveCommand(
        List<String> argv,
        Map<String, String> environment,
        Map<String, String> secrets,
        String directory,
        Input stdin,
        LiveBounds bounds) {
    public LiveCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "LiveCommand" + argv + " in " + directory;
    }
}
