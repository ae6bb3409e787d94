package io.trails.worktree.internal.git;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A git program and the environment it runs in. Immutable.
 *
 * @param executable its absolute path
 * @param environment scrubbed; may hold secrets
 */
public record GitProgram(Path executable, GitVersion version, Map<String, String> environment) {
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

    public GitProgram {
        environment = Map.copyOf(environment);
    }

    /** The first git on the host's {@code PATH}, if there is one and it runs. */
    public static Optional<GitProgram> find(Map<String, String> host) {
        return firstExecutable(host).flatMap(executable -> asked(executable, GitEnvironment.of(host)));
    }

    /** The same without running it. */
    static Optional<Path> firstExecutable(Map<String, String> host) {
        for (String directory : path(host).split(File.pathSeparator, -1)) {
            Optional<Path> executable = executable(directory);
            if (executable.isPresent()) return executable;
        }
        return Optional.empty();
    }

    private static String path(Map<String, String> host) {
        String path = host.get("PATH");
        if (path != null) return path;
        for (Map.Entry<String, String> variable : host.entrySet()) {
            if (variable.getKey().equalsIgnoreCase("PATH")) return variable.getValue();
        }
        return "";
    }

    /** An empty or relative directory would be the current one, where a repository's own git could lie. */
    private static Optional<Path> executable(String directory) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        try {
            Path program = Path.of(directory).resolve(windows ? "git.exe" : "git");
            boolean usable = program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program);
            return usable ? Optional.of(program) : Optional.empty();
        } catch (InvalidPathException noDirectory) {
            return Optional.empty();
        }
    }

    static Optional<GitProgram> asked(Path executable, Map<String, String> environment) {
        GitRun run = new GitRun(List.of(executable.toString()), Optional.empty(), environment);
        try {
            GitResult answer = run.run(GitCall.of("--version").timeout(VERSION_LIMIT));
            return GitVersion.parse(answer.text()).map(version -> new GitProgram(executable, version, environment));
        } catch (GitFailedException broken) {
            return Optional.empty();
        }
    }

    /** Never shows the environment. */
    @Override
    public String toString() {
        return executable + " " + version;
    }
}
