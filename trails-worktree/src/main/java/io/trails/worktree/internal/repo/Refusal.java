package io.trails.worktree.internal.repo;

import io.trails.Reason;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Why git finds no repository that it will work on. git says so in words only; so what can be the reason is looked for here.
 */
record Refusal(Git git, Path project) {
    Reason reason() {
        Optional<Path> found = gitDirectory();
        if (found.isEmpty()) return none();
        Path directory = found.get();
        if (isSomebodyElses(directory)) return owner(directory);
        Optional<String> extension = unknownExtension(directory);
        if (extension.isPresent()) return extension(directory, extension.get());
        return Reason.of(
                "worktree.repository-damaged",
                "git refuses to work with " + directory,
                "Run git status in " + project + " and see what it says");
    }

    private Optional<Path> gitDirectory() {
        for (Path at = project.toAbsolutePath(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) return Optional.of(git);
            boolean bare = Files.isRegularFile(at.resolve("HEAD")) && Files.isDirectory(at.resolve("objects"));
            if (bare && Files.isDirectory(at.resolve("refs"))) return Optional.of(at);
        }
        return Optional.empty();
    }

    private Reason none() {
        return Reason.of(
                "worktree.no-repository",
                project + " belongs to no git repository",
                "Run git init there and commit, or call GitRepositories.initialize");
    }

    private static boolean isSomebodyElses(Path directory) {
        try {
            Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return !owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException | IllegalArgumentException | IOException unknown) {
            return false;
        }
    }

    private static Reason owner(Path directory) {
        return Reason.of(
                "worktree.other-owner",
                directory + " belongs to another user, so git does not trust it",
                "If you do, run git config --global --add safe.directory " + directory.getParent());
    }

    private Optional<String> unknownExtension(Path directory) {
        Path configuration = directory.resolve("config");
        if (!Files.isRegularFile(configuration)) return Optional.empty();
        GitResult list = git.in(Path.of("/"))
                .run(GitCall.of("config", "--file", configuration.toString(), "--list", "-z")
                        .accepting(0, 1, 3, 128));
        if (!list.ok()) return Optional.empty();
        Map<String, String> entries = RepositoryFacts.parse(list.fields());
        return RepositoryFacts.unknownExtension(entries);
    }

    private static Reason extension(Path directory, String name) {
        return Reason.of(
                "worktree.unknown-extension",
                directory + " has the extension '" + name + "', which this git does not know",
                "Install the git that made the repository");
    }
}
