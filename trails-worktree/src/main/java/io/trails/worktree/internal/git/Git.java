package io.trails.worktree.internal.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * git in one directory. Hooks run only where a call is made to commit for the user; git's own background work, the file
 * system monitor's daemon, and programs that attributes name for diffs are never started. Immutable, thread-safe.
 */
public final class Git {
    /** git would leave these processes behind, or run them for reading. */
    private static final List<String> QUIET = List.of(
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "core.fsmonitor=false",
            "-c", "core.quotePath=false",
            "-c", "color.ui=false",
            "-c", "advice.detachedHead=false",
            "-c", "submodule.recurse=false");

    private final GitProgram program;
    private final Path directory;
    private final Optional<Path> gitDirectory;

    public Git(GitProgram program, Path directory) {
        this(program, directory, Optional.empty());
    }

    private Git(GitProgram program, Path directory, Optional<Path> gitDirectory) {
        this.program = program;
        this.directory = directory;
        this.gitDirectory = gitDirectory;
    }

    /**
     * The same with the directory as the root of a tree of the repository that is named: whatever stands at {@code .git} there,
     * or in the directories around it, is not asked.
     */
    public Git on(Path named) {
        return new Git(program, directory, Optional.of(named));
    }

    /** The same program elsewhere, on the repository that git finds there. */
    public Git in(Path other) {
        return new Git(program, other);
    }

    public GitProgram program() {
        return program;
    }

    public GitVersion version() {
        return program.version();
    }

    public Path directory() {
        return directory;
    }

    /**
     * Runs a command to its end.
     *
     * @throws GitFailedException {@code worktree.git-failed} if its exit code is not accepted; {@code worktree.git-timeout};
     *     {@code worktree.git-not-started}
     */
    public GitResult run(GitCall call) {
        return process().run(call);
    }

    /** Runs a command that reads, and insists on exit code 0. */
    public GitResult run(String... arguments) {
        return run(GitCall.of(arguments));
    }

    /** What a command prints, without line ends around it. */
    public String text(String... arguments) {
        return run(arguments).text();
    }

    /**
     * Runs a command and hands over what it prints while it does, on this thread.
     *
     * @return its exit code, which is accepted
     */
    public int stream(GitCall call, OutputReader reader) {
        return process().stream(call, reader);
    }

    /** The commit that a revision leads to, if there is one. */
    public Optional<String> commit(String revision) {
        GitResult found = run(GitCall.of("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                .accepting(0, 1, 128));
        return found.ok() ? Optional.of(found.text()) : Optional.empty();
    }

    /** What a ref points to, if it exists. */
    public Optional<String> ref(String fullName) {
        GitResult found = run(GitCall.of("rev-parse", "--verify", "--quiet", "--end-of-options", fullName)
                .accepting(0, 1, 128));
        return found.ok() ? Optional.of(found.text()) : Optional.empty();
    }

    private GitRun process() {
        List<String> command = new ArrayList<>();
        command.add(program.executable().toString());
        command.addAll(QUIET);
        if (gitDirectory.isEmpty()) return new GitRun(command, Optional.of(directory), program.environment());
        var environment = new HashMap<>(program.environment());
        environment.put("GIT_DIR", gitDirectory.get().toString());
        environment.put("GIT_WORK_TREE", directory.toString());
        return new GitRun(command, Optional.of(directory), environment);
    }

    @Override
    public String toString() {
        return program + " in " + directory;
    }
}
