package io.trails.worktree.internal.inplace;

import io.trails.Reason;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.merge.InterruptedCommits;
import io.trails.worktree.internal.repo.Repository;
import io.trails.worktree.internal.snapshot.Snapshots;
import io.trails.worktree.internal.tree.SessionTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Plans, creates, takes up and removes sessions in the project's own tree. All they own is refs. Immutable. */
public final class PlaceSessions {
    private final WorkspaceRequest request;

    public PlaceSessions(WorkspaceRequest request) {
        this.request = request;
    }

    public Plan plan() {
        Git git = git(request.project());
        Repository repository = Repository.find(git).orElseThrow(this::noRepository);
        Path root = repository.topLevel().orElseThrow(this::noRepository);
        String base = git.commit("HEAD")
                .orElseThrow(() -> new TrailsException(
                        "worktree.no-commit",
                        "Nothing has been committed in " + root + "; git commit --allow-empty is enough"));
        String drawn = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        return new PlacePlan(
                        request.sessionId(),
                        request.sessionId() + "-" + drawn,
                        root,
                        repository.prefix(),
                        base,
                        branch(git),
                        below(root, request.stateDirectory()))
                .toPlan();
    }

    public static Path directory(Plan stored) {
        return PlacePlan.parse(stored).directory();
    }

    private static Optional<String> branch(Git git) {
        GitResult head =
                git.run(GitCall.of("symbolic-ref", "--quiet", "--short", "HEAD").accepting(0, 1));
        return head.ok() ? Optional.of(head.text()) : Optional.empty();
    }

    private static Optional<String> below(Path root, Path directory) {
        if (!directory.startsWith(root) || directory.equals(root)) return Optional.empty();
        return Optional.of(root.relativize(directory).toString().replace('\\', '/') + "/");
    }

    /** The start is kept once and for all by the first who creates the ref: a crash may have left it. */
    public Workspace create(Plan stored) {
        PlacePlan plan = PlacePlan.parse(stored);
        SessionTree tree = tree(plan, this::noRepository);
        String start = plan.refs().start();
        if (tree.git().ref(start).isEmpty()) {
            tree.git()
                    .run(GitCall.of("update-ref", start, startCommit(tree), "").locking());
        }
        return new PlaceWorkspace(tree, plan.directory());
    }

    private static String startCommit(SessionTree tree) {
        var snapshots = new Snapshots(tree);
        return snapshots.commit(snapshots.take(), "trails: start of session " + tree.sessionId());
    }

    public Workspace open(Plan stored) {
        PlacePlan plan = PlacePlan.parse(stored);
        SessionTree tree = tree(plan, () -> lost(plan, "there is no git repository any more"));
        if (tree.git().ref(plan.refs().start()).isEmpty()) {
            throw lost(plan, "the ref " + plan.refs().start() + " is gone");
        }
        InterruptedCommits.finish(tree);
        return new PlaceWorkspace(tree, plan.directory());
    }

    private static ResourceLostException lost(PlacePlan plan, String why) {
        return new ResourceLostException(
                "What session '" + plan.sessionId() + "' knew of " + plan.root() + " is lost: " + why);
    }

    /** The files are the user's. What only the session knew is kept with the rescues. */
    public RemovalReport remove(Plan stored) {
        PlacePlan plan = PlacePlan.parse(stored);
        Git git = git(plan.root());
        if (!Files.isDirectory(plan.root()) || Repository.find(git).isEmpty()) return RemovalReport.nothing();
        if (new OwnRefs(git, plan.refs(), plan.base()).toTrash() == 0) return RemovalReport.nothing();
        return RemovalReport.removed(
                "what session '" + plan.sessionId() + "' remembered of " + plan.root(),
                Reason.of(
                        "worktree.refs-rescued",
                        "The files stay as they are; checkpoints, and work that was not committed at its start, are kept below "
                                + plan.refs().trash(),
                        "Rescues.of(project) lists them and gives them back"));
    }

    private SessionTree tree(PlacePlan plan, Supplier<? extends RuntimeException> missing) {
        if (!Files.isDirectory(plan.root())) throw missing.get();
        Git git = git(plan.root());
        Repository repository = Repository.find(git)
                .filter(found -> found.topLevel().filter(plan.root()::equals).isPresent())
                .orElseThrow(missing);
        return new SessionTree(
                git.on(repository.gitDirectory()),
                repository,
                plan.root(),
                plan.prefix(),
                plan.sessionId(),
                plan.refs(),
                plan.base(),
                Optional.empty(),
                plan.branch(),
                plan.state(),
                request.clock());
    }

    private Git git(Path directory) {
        return GitProgram.find(request.environment())
                .map(program -> new Git(program, directory))
                .orElseThrow(() -> new TrailsException(
                        "worktree.git-missing", "There is no git on the PATH; install git 2.31 or newer"));
    }

    private TrailsException noRepository() {
        return new TrailsException(
                "worktree.no-repository",
                request.project() + " belongs to no git repository with files; run git init there and commit");
    }
}
