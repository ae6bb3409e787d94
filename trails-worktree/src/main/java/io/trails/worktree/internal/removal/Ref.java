package io.trails.worktree.internal.removal;

import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.RepoPath;
import java.util.ArrayList;
import java.util.List;

/**
 * A ref.
 *
 * @param tree of its commit; empty if it is none
 * @param checkedOut where, if it is a branch that is
 */
record Ref(String name, String target, String tree, String checkedOut) {
    private static final String FORMAT = "%(refname)%00%(objectname)%00%(tree)%00%(worktreepath)%00";
    private static final int FIELDS = 4;

    /** All below the prefixes, or of those names. */
    static List<Ref> list(TreeGit git, List<String> prefixes) {
        List<String> command = new ArrayList<>(List.of("for-each-ref", "--format=" + FORMAT));
        command.addAll(prefixes);
        List<RepoPath> fields = git.run(GitCall.of(command)).fields();
        var refs = new ArrayList<Ref>();
        for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
            refs.add(new Ref(
                    fields.get(i).text().strip(),
                    fields.get(i + 1).text(),
                    fields.get(i + 2).text(),
                    fields.get(i + 3).text()));
        }
        return refs;
    }
}
