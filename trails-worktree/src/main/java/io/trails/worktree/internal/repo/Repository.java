package io.trails.worktree.internal.repo;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The repository that a directory belongs to, seen from one of its trees. Immutable.
 *
 * @param commonDirectory what all trees of it share: objects, branches, configuration; its real path
 * @param gitDirectory what belongs to this tree alone: HEAD, index; the same as the common one for the main tree
 * @param topLevel the root of this tree; empty for a bare repository
 * @param prefix from there to the directory, with '/' at its end, or empty
 * @param objectFormat such as {@code sha1}
 */
public record Repository(
        Path commonDirectory, Path gitDirectory, Optional<Path> topLevel, String prefix, String objectFormat) {
    /** Looks, and writes nothing; empty if the directory belongs to no repository that git will work on. */
    public static Optional<Repository> find(Git git) {
        GitResult answer = git.run(GitCall.of(
                        "rev-parse",
                        "--path-format=absolute",
                        "--is-inside-work-tree",
                        "--git-common-dir",
                        "--git-dir",
                        "--show-object-format")
                .accepting(0, 128));
        if (!answer.ok()) return Optional.empty();
        List<String> lines = answer.lines();
        boolean inTree = lines.get(0).equals("true");
        Optional<Path> top = Optional.empty();
        String prefix = "";
        if (inTree) {
            top = Optional.of(Path.of(line(git.run("rev-parse", "--path-format=absolute", "--show-toplevel"))));
            prefix = line(git.run("rev-parse", "--show-prefix"));
        }
        return Optional.of(new Repository(Path.of(lines.get(1)), Path.of(lines.get(2)), top, prefix, lines.get(3)));
    }

    /** A name may begin and end with blanks. */
    private static String line(GitResult answer) {
        String text = new String(answer.bytes(), StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    public boolean isBare() {
        return topLevel.isEmpty();
    }

    /** Whether this tree is one that was added with {@code git worktree}. */
    public boolean isLinked() {
        return !gitDirectory.equals(commonDirectory);
    }
}
