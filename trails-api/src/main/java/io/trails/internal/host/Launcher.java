package io.trails.internal.host;

import io.trails.Command;
import io.trails.Input;
import io.trails.Limits;
import io.trails.TrailsException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Turns a command into a process. Immutable. */
final class Launcher {
    private static final String NO_SUCH_PROGRAM =
            "no such program that can be executed; install it or correct its name or the PATH";

    private static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

    private final Path home;
    private final HostEnvironment environment;
    private final List<String> prefix;
    private final OutputPipes pipes;
    private final Executor threads;

    Launcher(
            Path home,
            HostEnvironment environment,
            Limits limits,
            @Nullable GroupVerdict group,
            OutputPipes pipes,
            Executor threads) {
        this.pipes = pipes;
        this.threads = threads;
        this.home = home;
        this.environment = environment;
        List<String> rlimits = Rlimits.anyIn(limits) ? Rlimits.ofThisSystem().prefix(limits) : List.of();
        this.prefix = group == null ? rlimits : joined(group.group().entry(), rlimits);
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var both = new ArrayList<>(one);
        both.addAll(other);
        return List.copyOf(both);
    }

    /**
     * Starts the command.
     *
     * @param outputs reads what it writes, or null if the caller does, who then may write its input too
     */
    Process start(Command command, String execMark, @Nullable Outputs outputs) {
        Path directory = home.resolve(command.directory().orElse(home));
        ProcessBuilder builder = prepare(command, directory, execMark, outputs == null);
        try {
            return outputs == null ? builder.start() : outputs.start(builder, pipes, threads);
        } catch (IOException e) {
            throw notStarted(command, directory, e);
        }
    }

    /** What somebody else has to start instead. */
    Command inside(Command command, String mark) {
        Path directory = home.resolve(command.directory().orElse(home)).toAbsolutePath();
        checkDirectory(command, directory);
        return new Command(
                resolved(command, directory),
                environment.marked(command.environment(), mark),
                Optional.of(directory),
                command.timeout(),
                command.stdin(),
                command.capture());
    }

    private static void checkDirectory(Command command, Path directory) {
        if (Files.isDirectory(directory)) return;
        throw new TrailsException(
                "exec.not-started",
                "Cannot run '" + command.argv().get(0) + "': " + directory
                        + (Files.exists(directory) ? " is not a directory" : " does not exist")
                        + "; create it or name another directory");
    }

    /** With a pipe for a command without input if that is writable, else it finds the end of its input. */
    private ProcessBuilder prepare(Command command, Path directory, String execMark, boolean writable) {
        checkDirectory(command, directory);
        var builder = new ProcessBuilder();
        Map<String, String> variables = environment.fill(builder.environment(), command.environment(), execMark);
        List<String> argv = resolve(command, directory);
        if (ByteExact.damages(argv, variables)) argv = ByteExact.wrap(argv, variables, builder.environment());
        builder.command(argv).directory(directory.toFile());
        redirectInput(builder, command.stdin(), writable);
        return builder;
    }

    private static void redirectInput(ProcessBuilder builder, Input input, boolean writable) {
        if (input instanceof Input.File file) {
            builder.redirectInput(file.path().toFile());
        } else if (input instanceof Input.None && !writable) {
            builder.redirectInput(Redirect.from(NOTHING));
        }
    }

    /** The arguments as they are, unless the JDK would find another program or a wrapper comes first. */
    private List<String> resolve(Command command, Path directory) {
        List<String> argv = command.argv();
        String search = environment.searchPath(command.environment(), System.getenv());
        if (prefix.isEmpty() && search.isEmpty() && !ByteExact.damages(argv, command.environment())) return argv;
        return resolved(command, directory);
    }

    private List<String> resolved(Command command, Path directory) {
        List<String> argv = command.argv();
        String program = find(command, directory).orElse("");
        if (program.isEmpty()) {
            throw new TrailsException("exec.not-started", cannotRun(command, directory) + NO_SUCH_PROGRAM);
        }
        var resolved = new ArrayList<String>(prefix.size() + argv.size());
        resolved.addAll(prefix);
        resolved.add(program);
        resolved.addAll(argv.subList(1, argv.size()));
        return resolved;
    }

    private Optional<String> find(Command command, Path directory) {
        String search = environment.searchPath(command.environment(), System.getenv());
        String path = search.isEmpty() ? System.getenv().getOrDefault("PATH", "/usr/bin:/bin") : search;
        return ProgramPath.find(command.argv().get(0), path, directory);
    }

    private static String cannotRun(Command command, Path directory) {
        return "Cannot run '" + command.argv().get(0) + "' in " + directory + ": ";
    }

    private TrailsException notStarted(Command command, Path directory, IOException cause) {
        String hint = "the system refused it (see the cause); check that its arguments are not too long";
        if (command.stdin() instanceof Input.File file && !Files.isReadable(file.path())) {
            hint = "its input " + file.path() + " cannot be read; name a readable file";
        } else if (File.separatorChar == '/' && find(command, directory).isEmpty()) {
            hint = NO_SUCH_PROGRAM;
        }
        return new TrailsException("exec.not-started", cannotRun(command, directory) + hint, cause);
    }
}
