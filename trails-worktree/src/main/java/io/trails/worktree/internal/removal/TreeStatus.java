package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What git says of a tree: what differs from its commit, what it does not know, what it ignores. Immutable.
 *
 * @param branch short; empty if none is checked out
 * @param nested repositories that the tree's own does not know; with '/' at their ends
 * @param ignored with '/' at its end where a directory is ignored as a whole
 */
record TreeStatus(
        Optional<String> head,
        Optional<String> branch,
        List<RepoPath> staged,
        List<RepoPath> unstaged,
        List<RepoPath> unmerged,
        List<RepoPath> untracked,
        List<RepoPath> nested,
        List<RepoPath> ignored) {
    private static final String HEAD = "# branch.oid ";
    private static final String BRANCH = "# branch.head ";
    /** Fields before the path, each ended by a blank. */
    private static final int CHANGED_FIELDS = 8;

    private static final int UNMERGED_FIELDS = 10;

    static TreeStatus read(TreeGit git) {
        // Submodules are looked at for themselves; git cannot, once the tree is set aside.
        GitResult answer = git.run(GitCall.of(
                        "status",
                        "--porcelain=v2",
                        "-z",
                        "--branch",
                        "--no-ahead-behind",
                        "--no-renames",
                        "--untracked-files=all",
                        "--ignored=matching",
                        "--ignore-submodules=dirty")
                .config("status.showStash", "false"));
        var draft = new Draft();
        for (RepoPath record : answer.fields()) draft.add(record);
        return draft.status();
    }

    /** All that a commit of everything would look at. */
    List<RepoPath> touched() {
        var all = new ArrayList<>(staged);
        all.addAll(unstaged);
        all.addAll(unmerged);
        all.addAll(untracked);
        return all;
    }

    boolean isClean() {
        return staged.isEmpty() && unstaged.isEmpty() && unmerged.isEmpty() && untracked.isEmpty();
    }

    static boolean isDirectory(RepoPath path) {
        return path.length() > 0 && path.bytes()[path.length() - 1] == '/';
    }

    private static final class Draft {
        private Optional<String> head = Optional.empty();
        private Optional<String> branch = Optional.empty();
        private final List<RepoPath> staged = new ArrayList<>();
        private final List<RepoPath> unstaged = new ArrayList<>();
        private final List<RepoPath> unmerged = new ArrayList<>();
        private final List<RepoPath> untracked = new ArrayList<>();
        private final List<RepoPath> nested = new ArrayList<>();
        private final List<RepoPath> ignored = new ArrayList<>();

        void add(RepoPath record) {
            byte[] bytes = record.bytes();
            switch (bytes[0]) {
                case '#' -> header(record.text());
                case '1' -> changed(bytes, record.from(path(bytes, CHANGED_FIELDS)));
                case 'u' -> unmerged.add(record.from(path(bytes, UNMERGED_FIELDS)));
                case '?' -> unknown(record.from(2));
                case '!' -> ignored.add(record.from(2));
                default -> throw new IllegalStateException("A status record of an unknown kind: " + record);
            }
        }

        private void header(String line) {
            if (line.startsWith(HEAD)) head = known(line.substring(HEAD.length()));
            if (line.startsWith(BRANCH)) branch = known(line.substring(BRANCH.length()));
        }

        private static Optional<String> known(String value) {
            return value.startsWith("(") ? Optional.empty() : Optional.of(value);
        }

        private void changed(byte[] record, RepoPath path) {
            String states = new String(record, 2, 2, StandardCharsets.US_ASCII);
            if (states.charAt(0) != '.') staged.add(path);
            if (states.charAt(1) != '.') unstaged.add(path);
        }

        private void unknown(RepoPath path) {
            if (TreeStatus.isDirectory(path)) nested.add(path);
            else untracked.add(path);
        }

        private static int path(byte[] record, int fields) {
            int blanks = 0;
            for (int i = 0; i < record.length; i++) {
                if (record[i] == ' ' && ++blanks == fields) return i + 1;
            }
            throw new IllegalStateException("A status record without a path");
        }

        TreeStatus status() {
            return new TreeStatus(
                    head,
                    branch,
                    List.copyOf(staged),
                    List.copyOf(unstaged),
                    List.copyOf(unmerged),
                    List.copyOf(untracked),
                    List.copyOf(nested),
                    List.copyOf(ignored));
        }
    }
}
