package io.trails.worktree.internal.snapshot;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What git says about the paths of a tree, as {@code git status --porcelain=v2 -z} puts it. Immutable.
 *
 * @param head the commit that is checked out, if there is one
 * @param entries all paths that are not as in that commit
 */
public record TreeStatus(Optional<String> head, List<Entry> entries) {
    private static final RepoPath HEAD = RepoPath.of("# branch.oid ");
    private static final RepoPath NO_HEAD = RepoPath.of("# branch.oid (initial)");
    private static final RepoPath HEADER = RepoPath.of("# ");
    private static final RepoPath CHANGED = RepoPath.of("1 ");
    private static final RepoPath UNMERGED = RepoPath.of("u ");
    private static final RepoPath UNTRACKED = RepoPath.of("? ");
    private static final String SETTINGS = "settings.json";
    private static final String REPOSITORY = "160000";
    private static final String NOTHING = "000000";

    public TreeStatus {
        entries = List.copyOf(entries);
    }

    /**
     * One path.
     *
     * @param kind {@code 1} for a tracked one, {@code u} for an unmerged one, {@code ?} for one that is not tracked
     * @param staged what its index entry is to the commit, as git's letter; {@code .} for nothing
     * @param unstaged what its file is to its index entry
     * @param modes of commit, index and file, or of the three stages and the file
     * @param ids of commit and index, or of the three stages
     */
    public record Entry(char kind, char staged, char unstaged, List<String> modes, List<String> ids, RepoPath path) {
        public boolean untracked() {
            return kind == '?';
        }

        public boolean unmerged() {
            return kind == 'u';
        }

        public boolean inIndexChanged() {
            return kind == '1' && staged != '.';
        }

        public boolean onDiskChanged() {
            return kind == '1' && unstaged != '.';
        }

        /** Only announced, with nothing staged: {@code git add -N}. */
        public boolean intended() {
            return kind == '1' && unstaged == 'A';
        }

        /** Whether what is on disk has to be looked at to know the path's content. */
        boolean onDiskDiffers() {
            return kind != '1' || onDiskChanged();
        }

        /** Whether it is a repository that is neither tracked nor a submodule. */
        boolean nested() {
            return untracked() && repository();
        }

        /** Whether another repository lies there with something that is not in this one's index. */
        public boolean repository() {
            if (untracked()) return path.bytes()[path.length() - 1] == '/';
            return onDiskChanged() && onDisk().equals(REPOSITORY);
        }

        /** Whether its file is gone; a repository that is no submodule is none. */
        public boolean gone() {
            boolean replaced = onDiskChanged()
                    && onDisk().equals(REPOSITORY)
                    && !modes.get(1).equals(REPOSITORY);
            return !untracked() && (onDisk().equals(NOTHING) || replaced);
        }

        private String onDisk() {
            return modes.get(modes.size() - 1);
        }
    }

    /** Looks at the whole tree, at submodules too, and at each single file that is not tracked. */
    public static GitCall call() {
        return Plumbing.call(
                "status",
                "--porcelain=v2",
                "-z",
                "--branch",
                "--no-ahead-behind",
                "--no-renames",
                "--untracked-files=all",
                "--ignore-submodules=none");
    }

    public static TreeStatus parse(GitResult answer) {
        Optional<String> head = Optional.empty();
        var entries = new ArrayList<Entry>();
        for (RepoPath line : answer.fields()) {
            if (line.startsWith(HEAD) && !line.equals(NO_HEAD)) {
                head = Optional.of(line.from(HEAD.length()).text());
            } else if (line.startsWith(CHANGED)) {
                entries.add(tracked(line, 3, 2));
            } else if (line.startsWith(UNMERGED)) {
                entries.add(tracked(line, 4, 3));
            } else if (line.startsWith(UNTRACKED)) {
                entries.add(new Entry('?', '.', '.', List.of(), List.of(), line.from(UNTRACKED.length())));
            } else if (!line.startsWith(HEADER)) {
                throw new IllegalStateException("git status printed an entry of an unknown kind: " + line);
            }
        }
        return new TreeStatus(head, entries);
    }

    /**
     * The same without what nobody works on.
     *
     * @param ignored what in the tree is trails' own, with '/' at its end; its settings are the user's
     */
    public TreeStatus without(Optional<String> ignored) {
        if (ignored.isEmpty()) return this;
        RepoPath own = RepoPath.of(ignored.get());
        RepoPath settings = RepoPath.of(ignored.get() + SETTINGS);
        return new TreeStatus(
                head,
                entries.stream()
                        .filter(entry ->
                                !entry.path().startsWith(own) || entry.path().equals(settings))
                        .toList());
    }

    /** Kind, two letters, submodule, modes, ids, and the path, which may hold blanks itself. */
    private static Entry tracked(RepoPath line, int modes, int ids) {
        byte[] bytes = line.bytes();
        int fields = 3 + modes + ids;
        int end = 0;
        for (int seen = 0; seen < fields; end++) {
            if (bytes[end] == ' ') seen++;
        }
        String[] words = RepoPath.of(Arrays.copyOf(bytes, end)).text().split(" ", -1);
        return new Entry(
                words[0].charAt(0),
                words[1].charAt(0),
                words[1].charAt(1),
                List.of(words).subList(3, 3 + modes),
                List.of(words).subList(3 + modes, fields),
                line.from(end));
    }
}
