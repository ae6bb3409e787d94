package io.trails.worktree.internal.removal;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A repository inside a session's tree: a submodule, a clone, or one that was begun there. Its directories are named to git,
 * because a submodule's settings still name the place that its tree had before it was set aside.
 *
 * @param tree empty for a submodule that is not checked out
 */
record NestedRepository(GitProgram program, String name, Path gitDirectory, Optional<Path> tree) {
    private static final String LINK = "gitdir: ";

    /** What of it exists here only. */
    enum Standing {
        /** All that it has, others have. */
        SAVED,
        /** It has commits that it never sent anywhere, and no other work. */
        UNSENT,
        /** It has work that is in no commit, or it cannot be read. */
        WORK
    }

    /** The one whose tree is the directory, if there is one. */
    static Optional<NestedRepository> at(GitProgram program, String name, Path directory) throws IOException {
        Path git = directory.resolve(".git");
        if (Site.isDirectory(git)) return Optional.of(new NestedRepository(program, name, git, Optional.of(directory)));
        if (!Files.exists(git, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        String link = Files.isRegularFile(git) ? Files.readString(git).strip() : "";
        Path target = directory.resolve(link.startsWith(LINK) ? link.substring(LINK.length()) : ".git");
        return Optional.of(new NestedRepository(program, name, target.normalize(), Optional.of(directory)));
    }

    Standing standing() {
        try {
            var git = new TreeGit(program, gitDirectory, tree);
            if (tree.isPresent() && !isClean(git)) return Standing.WORK;
            if (git.find("refs/stash").isPresent()) return Standing.WORK;
            return unsent(git).isEmpty() ? Standing.SAVED : Standing.UNSENT;
        } catch (TrailsException unreadable) {
            return Standing.WORK;
        }
    }

    private static boolean isClean(TreeGit git) {
        return git.run("status", "--porcelain=v2", "-z", "--untracked-files=all", "--ignore-submodules=dirty")
                        .bytes()
                        .length
                == 0;
    }

    private static String unsent(TreeGit git) {
        String heads = git.find("HEAD^{commit}").map(commit -> commit + "\n").orElse("");
        return git.run(GitCall.of(
                                "rev-list",
                                "--ignore-missing",
                                "--max-count=1",
                                "--stdin",
                                "--branches",
                                "--tags",
                                "--reflog",
                                "--not",
                                "--remotes")
                        .input(heads))
                .text();
    }
}
