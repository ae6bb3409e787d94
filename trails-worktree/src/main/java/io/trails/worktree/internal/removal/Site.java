package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of one session's worktree are while it is removed. All names follow from the plan, so that a removal that was
 * cut short finds them again. Immutable.
 */
record Site(GitProgram program, WorktreePlan plan) {
    Path root() {
        return plan.root();
    }

    /** Where the tree waits for its deletion: beside its place, since a rename does not leave the file system. */
    Path aside() {
        return plan.root().resolveSibling("." + plan.key() + ".removed");
    }

    Path common() {
        return plan.commonDirectory();
    }

    Path administration() {
        return plan.gitDirectory();
    }

    /** The removal's own files; deleted last. */
    Path own() {
        return removals().resolve(plan.key());
    }

    Path removals() {
        return common().resolve("trails").resolve("removals");
    }

    /** Where the administration waits for its deletion. */
    Path retired() {
        return own().resolve("administration");
    }

    String branch() {
        return "refs/heads/" + plan.branch();
    }

    /** The tree as it is found: aside if a removal brought it there. */
    Optional<Path> tree() {
        if (isDirectory(aside())) return Optional.of(aside());
        return isDirectory(root()) ? Optional.of(root()) : Optional.empty();
    }

    boolean isRegistered() {
        return isDirectory(administration());
    }

    /** git as the worktree's own, even if the tree lost its link; as the repository's if nothing is registered any more. */
    TreeGit git() {
        Optional<Path> gitDirectory = Optional.of(administration()).filter(Site::isDirectory);
        return new TreeGit(
                program, gitDirectory.orElse(common()), gitDirectory.isPresent() ? tree() : Optional.empty());
    }

    /** The same outside of the tree, where it is not taken for somebody who works there. */
    TreeGit outerGit() {
        return new TreeGit(program, git().gitDirectory(), Optional.empty());
    }

    static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
