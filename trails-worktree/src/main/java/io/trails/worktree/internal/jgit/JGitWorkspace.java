package io.trails.worktree.internal.jgit;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Standing;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Workspace;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;

/** A session's worktree where there is no git program: it has changes, without their lines. Immutable, thread-safe. */
final class JGitWorkspace implements Workspace {
    private final WorktreePlan plan;

    JGitWorkspace(WorktreePlan plan) {
        this.plan = plan;
    }

    @Override
    public Location location() {
        return new HostDirectory(plan.directory());
    }

    @Override
    public Changes changes() {
        try (JGitTree tree = JGitTree.at(plan.root())) {
            JGitSafety.require(tree);
            ObjectId start = tree.ref(plan.refs().start()).orElse(ObjectId.fromString(plan.base()));
            var changes = new JGitChanges(tree.repository(), Optional.empty()).since(start);
            List<Change> shown = changes.files().stream()
                    .map(this::shown)
                    .sorted((a, b) -> a.path().compareTo(b.path()))
                    .toList();
            return new Changes(shown, changes.caveats(), standing(tree, start));
        } catch (IOException e) {
            throw JGitTree.failed(plan.root(), e);
        }
    }

    /** As seen from the session's directory. */
    private Change shown(Change change) {
        if (plan.prefix().isEmpty()) return change;
        String path = plan.directory()
                .relativize(plan.root().resolve(change.path()))
                .toString()
                .replace('\\', '/');
        return Change.of(path, change.kind());
    }

    private Optional<Standing> standing(JGitTree tree, ObjectId start) throws IOException {
        Repository repository = tree.repository();
        Optional<ObjectId> head = tree.commit(Constants.HEAD);
        if (head.isEmpty()) return Optional.empty();
        Optional<ObjectId> base = plan.baseBranch().isPresent()
                ? tree.commit(Constants.R_HEADS + plan.baseBranch().get())
                : Optional.empty();
        ObjectId before = base.orElse(ObjectId.fromString(plan.base()));
        try (var walk = new RevWalk(repository)) {
            var ours = walk.parseCommit(head.get());
            var theirs = walk.parseCommit(before);
            int ahead = RevWalkUtils.count(walk, ours, theirs);
            int behind = RevWalkUtils.count(walk, theirs, ours);
            return Optional.of(new Standing(start.name(), head.get().name(), branch(repository), ahead, behind));
        }
    }

    private static Optional<String> branch(Repository repository) throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        if (head == null || !head.isSymbolic()) return Optional.empty();
        return Optional.of(Repository.shortenRefName(head.getTarget().getName()));
    }
}
