package io.trails.worktree.internal.jgit;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository, opened at the root of one of its trees. Single-threaded, and closed after every use. */
final class JGitTree implements AutoCloseable {
    private final Repository repository;

    private JGitTree(Repository repository) {
        this.repository = repository;
    }

    /** The tree that a directory lies in. */
    static JGitTree around(Path directory) {
        for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(Constants.DOT_GIT), LinkOption.NOFOLLOW_LINKS)) return at(at);
        }
        throw new TrailsException(
                "worktree.no-repository",
                directory + " lies in no tree of a git repository; make one with 'git init' and a first commit");
    }

    static JGitTree at(Path root) {
        try {
            return new JGitTree(new FileRepositoryBuilder()
                    .setWorkTree(root.toRealPath().toFile())
                    .setMustExist(true)
                    .build());
        } catch (RepositoryNotFoundException none) {
            throw new TrailsException("worktree.no-repository", root + " is no tree of a git repository", none);
        } catch (IOException e) {
            throw failed(root, e);
        }
    }

    static TrailsException failed(Path root, Exception cause) {
        return new TrailsException(
                "worktree.jgit-failed",
                "The repository of " + root + " could not be worked on without a git program: " + cause.getMessage()
                        + "; install git 2.31 or newer",
                cause);
    }

    Repository repository() {
        return repository;
    }

    Path root() {
        return repository.getWorkTree().toPath();
    }

    Path gitDirectory() throws IOException {
        return repository.getDirectory().toPath().toRealPath();
    }

    Path commonDirectory() throws IOException {
        return repository.getCommonDirectory().toPath().toRealPath();
    }

    Optional<ObjectId> commit(String revision) throws IOException {
        try (var walk = new RevWalk(repository)) {
            ObjectId found = repository.resolve(revision + "^{commit}");
            return found == null
                    ? Optional.empty()
                    : Optional.of(walk.parseCommit(found).getId());
        } catch (RevisionSyntaxException nonsense) {
            return Optional.empty();
        }
    }

    Optional<ObjectId> ref(String fullName) throws IOException {
        Ref ref = repository.exactRef(fullName);
        return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
    }

    /** Whether the ref was made: it was not there. */
    boolean make(String fullName, ObjectId commit) throws IOException {
        RefUpdate update = repository.updateRef(fullName);
        update.setExpectedOldObjectId(ObjectId.zeroId());
        update.setNewObjectId(commit);
        update.setRefLogMessage("trails: session", false);
        return update.update() == RefUpdate.Result.NEW;
    }

    /** Whether the ref is gone, which was at that commit. */
    boolean delete(String fullName, ObjectId commit) throws IOException {
        RefUpdate update = repository.updateRef(fullName);
        update.setExpectedOldObjectId(commit);
        // Without this JGit compares with the HEAD of the tree that happens to be open.
        update.setForceUpdate(true);
        return update.delete() == RefUpdate.Result.FORCED;
    }

    @Override
    public void close() {
        repository.close();
    }
}
