package io.trails.worktree.internal.changes;

import io.trails.worktree.internal.git.GitResult;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code git status --porcelain=v2 -z --branch} says. Immutable.
 *
 * @param head the commit, if there is one
 * @param branch that is checked out, if one is
 * @param tracked files that differ from the index, or the index from HEAD
 * @param untracked files; repositories in the tree end with '/'
 * @param warnings what could not be looked at, in words
 */
record StatusReport(
        Optional<String> head,
        Optional<String> branch,
        List<Tracked> tracked,
        List<RepoPath> untracked,
        String warnings) {
    private static final RepoPath OID = RepoPath.of("# branch.oid ");
    private static final RepoPath HEAD = RepoPath.of("# branch.head ");
    /** Fields before the path. */
    private static final int ORDINARY = 8;

    private static final int UNMERGED = 10;

    /**
     * @param unmerged whether HEAD is not known from here
     * @param submoduleWork whether a submodule holds work of its own
     */
    record Tracked(RepoPath path, PathState sinceHead, boolean unmerged, boolean submoduleWork) {}

    static StatusReport parse(GitResult answer) {
        Optional<String> head = Optional.empty();
        Optional<String> branch = Optional.empty();
        var tracked = new ArrayList<Tracked>();
        var untracked = new ArrayList<RepoPath>();
        for (RepoPath field : answer.fields()) {
            switch (field.length() == 0 ? 0 : field.text().charAt(0)) {
                case '1' -> tracked.add(ordinary(field));
                case 'u' -> tracked.add(unmerged(field));
                case '?' -> untracked.add(field.from(2));
                case '#' -> {
                    if (field.startsWith(OID)) head = known(field.from(OID.length()), "(initial)");
                    if (field.startsWith(HEAD)) branch = known(field.from(HEAD.length()), "(detached)");
                }
                default -> throw RecordFields.unknown(field);
            }
        }
        return new StatusReport(head, branch, List.copyOf(tracked), List.copyOf(untracked), answer.errors());
    }

    private static Optional<String> known(RepoPath value, String none) {
        return value.text().equals(none) ? Optional.empty() : Optional.of(value.text());
    }

    /** {@code 1 XY sub mH mI mW hH hI path} */
    private static Tracked ordinary(RepoPath field) {
        PathRecord is = PathRecord.parse(field, ORDINARY);
        Optional<Entry> head = Entry.of(is.word(3), is.word(6));
        Optional<Entry> index = Entry.of(is.word(4), is.word(7));
        PathState state = switch (is.word(1).charAt(1)) {
            case '.' -> new PathState(head, index, false);
            case 'D' -> new PathState(head, Optional.empty(), false);
            default -> new PathState(head, index, true);
        };
        return new Tracked(is.path(), state, false, hasWork(is.word(2)));
    }

    /** {@code u XY sub m1 m2 m3 mW h1 h2 h3 path} */
    private static Tracked unmerged(RepoPath field) {
        PathRecord is = PathRecord.parse(field, UNMERGED);
        boolean gone = is.word(6).equals("000000");
        Optional<Entry> ours = Entry.of(is.word(4), is.word(8));
        Optional<Entry> seed = ours.isPresent() ? ours : Entry.of(is.word(5), is.word(9));
        PathState state = new PathState(Optional.empty(), gone ? Optional.empty() : seed, !gone);
        return new Tracked(is.path(), state, true, hasWork(is.word(2)));
    }

    /** {@code S}, then whether commit, tracked files and untracked files differ. */
    private static boolean hasWork(String submodule) {
        return submodule.startsWith("S") && (submodule.charAt(2) == 'M' || submodule.charAt(3) == 'U');
    }
}
