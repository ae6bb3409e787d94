package io.trails.dagger.internal.connection;

import io.trails.Reason;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds programs, on the search path of a given environment and not on that of this process. */
final class DaggerProgram {
    private DaggerProgram() {}

    /**
     * The {@code dagger} program that a choice and an environment mean.
     *
     * @throws EngineUnavailableException if there is none that can be executed
     */
    static Path find(EngineChoice choice, Map<String, String> environment) {
        Optional<String> named = choice.cli()
                .map(Path::toString)
                .or(() -> Optional.ofNullable(environment.get("_EXPERIMENTAL_DAGGER_CLI_BIN")))
                .filter(name -> !name.isBlank());
        String name = named.map(wanted -> expanded(wanted, environment)).orElse("dagger");
        if (name.indexOf('/') < 0 && name.indexOf(File.separatorChar) < 0) {
            return onPath(name, environment).orElseThrow(() -> unavailable(Reasons.cliMissing(name + " on the PATH")));
        }
        Path program = path(name).orElseThrow(() -> unavailable(Reasons.cliMissing(name)));
        if (!Files.exists(program)) throw unavailable(Reasons.cliMissing(program.toString()));
        if (!runs(program)) throw unavailable(Reasons.cliNotExecutable(program));
        return program.toAbsolutePath();
    }

    /** The first program of that name on the search path. */
    static Optional<Path> onPath(String name, Map<String, String> environment) {
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            // An empty or relative entry would mean the directory in which somebody happens to be.
            Optional<Path> found = path(entry)
                    .filter(Path::isAbsolute)
                    .map(directory -> directory.resolve(name))
                    .filter(DaggerProgram::runs);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static String expanded(String name, Map<String, String> environment) {
        boolean home = name.equals("~") || name.startsWith("~/");
        return home ? environment.getOrDefault("HOME", "~") + name.substring(1) : name;
    }

    private static boolean runs(Path program) {
        return Files.isRegularFile(program) && Files.isExecutable(program);
    }

    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static EngineUnavailableException unavailable(Reason reason) {
        return new EngineUnavailableException(reason, null);
    }
}
