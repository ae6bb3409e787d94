package io.trails.worktree.internal.removal;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitProgram;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A repository inside a session's tree: a submodule, a clone, or one that was begun there. */
record NestedRepository(GitProgram program, String name, Path directory) {
    /** What of it exists here only. */
    enum Standing {
        /** All that it has, others have. */
        SAVED,
        /** It has commits that it never sent anywhere, and no other work. */
        UNSENT,
        /** It has work that is in no commit, or it cannot be read. */
        WORK
    }

    static boolean isAt(Path directory) {
        return Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
    }

    Standing standing() {
        try {
            if (!run("status", "--porcelain=v2", "-z", "--untracked-files=all", "--ignore-submodules=none")
                    .isEmpty()) return Standing.WORK;
            if (new Git(program, directory).ref("refs/stash").isPresent()) return Standing.WORK;
            return unsent().isEmpty() ? Standing.SAVED : Standing.UNSENT;
        } catch (TrailsException unreadable) {
            return Standing.WORK;
        }
    }

    private String unsent() {
        Optional<String> head = new Git(program, directory).commit("HEAD");
        String heads = head.map(commit -> commit + "\n").orElse("");
        return new Git(program, directory)
                .run(quiet(
                                "rev-list",
                                "--ignore-missing",
                                "--max-count=1",
                                "--stdin",
                                "--branches",
                                "--tags",
                                "--reflog")
                        .and("--not", "--remotes")
                        .input(heads))
                .text();
    }

    private String run(String... arguments) {
        return new Git(program, directory).run(quiet(arguments)).text();
    }

    private static GitCall quiet(String... arguments) {
        return GitCall.of(arguments).config("core.hooksPath", "/dev/null");
    }
}
