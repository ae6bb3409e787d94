package io.trails.worktree;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.removal.RescueFiles;
import io.trails.worktree.internal.removal.RescueRefs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The work that {@link io.trails.RemovalPolicy#rescuing()} brought to a safe place, of all sessions of one repository; also what
 * was kept of the history of sessions that had nothing else to rescue. Immutable, thread-safe; nothing of it has to be closed.
 *
 * <p>Its methods throw {@link TrailsException} with {@code worktree.git-failed}, {@code worktree.git-timeout} or
 * {@code worktree.git-not-started} if git does not answer.
 */
public final class Rescues {
    private final RescueRefs refs;
    private final RescueFiles files;

    private Rescues(Git git, Clock clock) {
        refs = new RescueRefs(git, clock);
        files = new RescueFiles(git);
    }

    /**
     * The rescues of the repository that a project is in, with the git on this process's {@code PATH}.
     *
     * @param project a directory in the repository, or a bare repository
     * @return its rescues
     * @throws TrailsException {@code worktree.git-missing}
     */
    public static Rescues of(Path project) {
        return of(project, System.getenv());
    }

    /**
     * The same with another environment.
     *
     * @param project a directory in the repository, or a bare repository
     * @param environment of the host, as it wants it to be seen
     * @return its rescues
     * @throws TrailsException {@code worktree.git-missing}
     */
    public static Rescues of(Path project, Map<String, String> environment) {
        return of(project, environment, Clock.systemUTC());
    }

    /**
     * The same with another clock.
     *
     * @param project a directory in the repository, or a bare repository
     * @param environment of the host, as it wants it to be seen
     * @param clock tells which rescues are old
     * @return its rescues
     * @throws TrailsException {@code worktree.git-missing}
     */
    public static Rescues of(Path project, Map<String, String> environment, Clock clock) {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(project, "project");
        GitProgram program = GitProgram.find(environment)
                .orElseThrow(() -> new TrailsException(
                        "worktree.git-missing",
                        "There is no git on the PATH that runs; install git, or name it there"));
        return new Rescues(new Git(program, project), clock);
    }

    /**
     * What there is.
     *
     * @return newest first
     */
    public List<Rescue> list() {
        return refs.list();
    }

    /**
     * Writes the files as they were, the ignored ones that were rescued included. The repository and its trees stay as they
     * are, and so does the rescue.
     *
     * @param rescue from {@link #list}
     * @param directory where; is created, or empty
     * @throws TrailsException {@code worktree.rescue-missing} if it was collected; {@code worktree.rescue-directory} if the
     *     directory is not empty or cannot be written
     */
    public void recover(Rescue rescue, Path directory) {
        Objects.requireNonNull(rescue, "rescue");
        Objects.requireNonNull(directory, "directory");
        files.write(refs.refresh(rescue), directory);
    }

    /**
     * Makes a branch of what was rescued: what the session had committed, and on top of it one commit of what it had not, if
     * there was something. Ignored files are not in it. Nothing is checked out, and the rescue stays.
     *
     * @param rescue from {@link #list}
     * @param branch the new branch's name, short
     * @return the commit that it is at
     * @throws TrailsException {@code worktree.rescue-missing} if it was collected; {@code worktree.rescue-branch-taken} if there is
     *     such a branch or git takes no such name
     */
    public String recoverBranch(Rescue rescue, String branch) {
        Objects.requireNonNull(rescue, "rescue");
        Objects.requireNonNull(branch, "branch");
        return refs.branch(refs.refresh(rescue), branch);
    }

    /**
     * Deletes the rescues that are older. What only they kept is then git's to collect.
     *
     * @param age how old a rescue may be, not negative
     * @return those that were deleted
     */
    public List<Rescue> collect(Duration age) {
        Objects.requireNonNull(age, "age");
        if (age.isNegative()) throw new IllegalArgumentException("An age is not negative: " + age);
        return refs.collect(age);
    }
}
