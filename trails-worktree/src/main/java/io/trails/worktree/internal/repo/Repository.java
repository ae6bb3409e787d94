package io.trails.worktree.internal.repo;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The repository that a directory belongs to, seen from one of its trees. Immutable.
 *
 * @param commonDirectory what all trees of it share: objects, branches, configuration
 * @param gitDirectory what belongs to this tree alone: HEAD, index; the same as the common one for the main tree
 * @param topLevel the root of this tree; empty for a bare repository, and inside a git directory
 * @param prefix from there to the directory, with '/' at its end, or empty
 * @param objectFormat such as {@code sha1}
 * @param shallow whether its history is cut
 */
public record Repository(
        Path commonDirectory,
        Path gitDirectory,
        Optional<Path> topLevel,
        String prefix,
        String objectFormat,
        boolean shallow) {
    /** The last two end it where there is no tree, after it has said the others. */
    private static final GitCall PLACE = GitCall.of(
                    "rev-parse",
                    "--path-format=absolute",
                    "--is-inside-work-tree",
                    "--is-shallow-repository",
                    "--show-object-format",
                    "--git-common-dir",
                    "--git-dir",
                    "--is-bare-repository",
                    "--show-toplevel",
                    "--show-prefix")
            .accepting(0, 128);

    private static final Set<String> WORDS = Set.of("true", "false");
    private static final int COMMON = 6;
    private static final int ALL = 8;

    /**
     * Looks, and writes nothing; empty if the directory belongs to no repository that git will work on.
     *
     * @throws TrailsException {@code worktree.path-unsupported} if its path has a line feed, which git's answer cannot tell
     */
    public static Optional<Repository> find(Git git) {
        GitResult place = git.run(PLACE);
        List<String> answer = lines(place);
        boolean inTree = !answer.isEmpty() && answer.get(0).equals("true");
        if (!place.ok() && (inTree || answer.size() < COMMON)) return Optional.empty();
        requireOneLineEach(answer, inTree, git);
        return Optional.of(new Repository(
                Path.of(answer.get(3)),
                Path.of(answer.get(4)),
                inTree ? Optional.of(Path.of(answer.get(COMMON))) : Optional.empty(),
                inTree ? answer.get(ALL - 1) : "",
                answer.get(2),
                answer.get(1).equals("true")));
    }

    /** What stands between the paths is a word that no absolute path is. */
    private static void requireOneLineEach(List<String> answer, boolean inTree, Git git) {
        boolean right = (inTree ? answer.size() == ALL : answer.size() >= COMMON)
                && WORDS.contains(answer.get(COMMON - 1))
                && Path.of(answer.get(3)).isAbsolute()
                && Path.of(answer.get(4)).isAbsolute();
        if (right) return;
        throw new TrailsException(
                "worktree.path-unsupported",
                "The repository of " + git.directory()
                        + " has a path with a line feed in it, which trails does not support; rename that folder");
    }

    /** A name may begin and end with blanks, so that nothing is stripped. */
    private static List<String> lines(GitResult answer) {
        String text = new String(answer.bytes(), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        return lines;
    }

    public boolean isBare() {
        return topLevel.isEmpty();
    }

    /** Whether this tree is one that was added with {@code git worktree}. */
    public boolean isLinked() {
        return !gitDirectory.equals(commonDirectory);
    }
}
