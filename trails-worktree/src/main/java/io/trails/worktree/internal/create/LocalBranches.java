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
        GitCall list = GitCall.of("for-each-ref", "--format=%(objectname) %(refname) %(HEAD)", "refs/heads/");
        for (String line : git.run(list).lines()) {
            // No name holds a blank; the mark of those that are not checked out is one.
            String[] words = line.split(" ", FIELDS);
            names.add(words[1]);
            if (words[words.length - 1].equals("*")) current = Optional.of(new Current(words[1], words[0]));
        }
        return new LocalBranches(names, current);
    }
}
