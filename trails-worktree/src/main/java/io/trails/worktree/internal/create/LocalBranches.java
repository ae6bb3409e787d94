package io.trails.worktree.internal.create;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The branches of a repository and which of them is checked out in one tree. Immutable.
 *
 * @param names full ones
 * @param current the one that is checked out, if it has a commit
 */
record LocalBranches(List<String> names, Optional<Current> current) {
    private static final int FIELDS = 3;

    /**
     * A branch that is checked out.
     *
     * @param name its full name
     * @param commit its id
     */
    record Current(String name, String commit) {}

    LocalBranches {
        names = List.copyOf(names);
    }

    static LocalBranches of(Git git) {
        var names = new ArrayList<String>();
        Optional<Current> current = Optional.empty();
        GitCall list = GitCall.of("for-each-ref", "--format=%(HEAD) %(objectname) %(refname)", "refs/heads/");
        for (String line : git.run(list).lines()) {
            // The mark of the one that is checked out is a blank for all others.
            String[] words = line.substring(1).split(" ", FIELDS);
            String name = words[FIELDS - 1];
            names.add(name);
            if (line.charAt(0) == '*') current = Optional.of(new Current(name, words[1]));
        }
        return new LocalBranches(names, current);
    }
}
