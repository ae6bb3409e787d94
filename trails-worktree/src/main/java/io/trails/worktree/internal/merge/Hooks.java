package io.trails.worktree.internal.merge;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.repo.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which hooks run: the user's. A relative {@code core.hooksPath} means a folder of whatever tree git runs in, which in a session's
 * tree could be the agent's work; so it is taken from the repository's main tree. Immutable.
 *
 * @param path what git is told instead of what is configured
 */
record Hooks(Optional<Path> path) {
    private static final String KEY = "core.hookspath";

    static Hooks of(Repository repository, GitSettings settings, boolean wanted) {
        Path none = repository.commonDirectory().resolve("trails").resolve("no-hooks");
        if (!wanted) return new Hooks(Optional.of(none));
        Optional<String> configured = settings.find(KEY);
        if (configured.isEmpty()
                || configured.get().startsWith("~")
                || configured.get().startsWith("%")) return new Hooks(Optional.empty());
        if (Path.of(configured.get()).isAbsolute()) return new Hooks(Optional.empty());
        return new Hooks(Optional.of(mainTree(repository)
                .map(tree -> tree.resolve(configured.get()).normalize())
                .orElse(none)));
    }

    private static Optional<Path> mainTree(Repository repository) {
        Path common = repository.commonDirectory();
        return common.endsWith(".git") ? Optional.ofNullable(common.getParent()) : Optional.empty();
    }

    /** A call that runs them and names no paths itself: a hook that asks git for {@code *.java} means a pattern. */
    GitCall on(GitCall call) {
        GitCall open = call.with("GIT_LITERAL_PATHSPECS", "0");
        return path.map(directory -> open.config("core.hooksPath", directory.toString()))
                .orElse(open);
    }

    boolean has(Git git, String name) {
        GitCall where = on(GitCall.of("rev-parse", "--path-format=absolute", "--git-path", "hooks"));
        return Files.isExecutable(Path.of(git.run(where).text()).resolve(name));
    }
}
