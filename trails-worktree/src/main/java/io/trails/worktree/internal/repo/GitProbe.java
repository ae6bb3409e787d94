package io.trails.worktree.internal.repo;

import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says whether git can serve a project, and what about its repository is worth knowing. Immutable; writes nothing. */
public final class GitProbe {
    /** From then on {@code rev-parse} can be told to answer with absolute paths. */
    private static final int MAJOR = 2;

    private static final int MINOR = 31;

    private final ProbeContext context;
    private final List<Reason> notes = new ArrayList<>();

    private GitProbe(ProbeContext context) {
        this.context = context;
    }

    /** For sessions with trees of their own. */
    public static Availability forWorktrees(ProbeContext context) {
        return new GitProbe(context).guarded(false);
    }

    /** For sessions in the project's own tree. */
    public static Availability inPlace(ProbeContext context) {
        return new GitProbe(context).guarded(true);
    }

    private Availability guarded(boolean inPlace) {
        try {
            return probe(inPlace);
        } catch (TrailsException failed) {
            return Availability.unavailable(Reason.of(
                    failed.code(),
                    String.valueOf(failed.getMessage()),
                    "Run git status in " + context.project() + " and see what it says"));
        }
    }

    private Availability probe(boolean inPlace) {
        Optional<GitProgram> program = GitProgram.find(context.environment());
        if (program.isEmpty()) return Availability.unavailable(missing());
        if (!program.get().version().isAtLeast(MAJOR, MINOR)) return Availability.unavailable(old(program.get()));
        Path project = context.project();
        if (!Files.isDirectory(project)) return Availability.unavailable(noDirectory(project));
        var git = new Git(program.get(), project);
        Optional<Repository> repository = Repository.find(git);
        if (repository.isEmpty()) return Availability.unavailable(new Refusal(git, project).reason());
        RepositoryFacts facts = RepositoryFacts.of(git, repository.get());
        notes.add(Reason.of(
                "worktree.git",
                "git " + program.get().version() + " is at " + program.get().executable()));
        return new Suitability(facts, inPlace).judge(notes);
    }

    private static Reason missing() {
        return Reason.of(
                "worktree.git-missing",
                "There is no git on the PATH",
                "Install git " + MAJOR + "." + MINOR + " or newer");
    }

    private static Reason old(GitProgram program) {
        return Reason.of(
                "worktree.git-old",
                program.executable() + " is git " + program.version() + "; at least " + MAJOR + "." + MINOR
                        + " is needed",
                "Install a newer git");
    }

    private static Reason noDirectory(Path project) {
        return Reason.of(
                "workspace.no-directory",
                project + " is no directory",
                "Create it, or name the directory of the project");
    }
}
