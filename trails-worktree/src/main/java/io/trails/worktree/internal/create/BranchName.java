package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import java.util.List;
import java.util.Locale;

/** Finds a branch name that git can give, also where names that differ in case alone are the same file. */
public final class BranchName {
    private static final String HEADS = "refs/heads/";
    private static final int MOST = 1_000;

    private final List<String> taken;

    private BranchName(List<String> taken) {
        this.taken = taken;
    }

    /**
     * The first that is free.
     *
     * @param refs of all branches, by full name
     */
    public static String free(List<String> refs, String sessionId) {
        return new BranchName(refs.stream()
                        .map(ref -> ref.substring(HEADS.length()).toLowerCase(Locale.ROOT))
                        .toList())
                .first(sessionId);
    }

    private String first(String sessionId) {
        // A branch of that name is a file where a directory would have to be.
        String wanted = (taken.contains("trails") ? "trails-" : "trails/") + sessionId;
        if (isFree(wanted)) return wanted;
        for (int number = 2; number <= MOST; number++) {
            String next = wanted + "-" + number;
            if (isFree(next)) return next;
        }
        throw new TrailsException(
                "worktree.branch-taken",
                "The branches " + wanted + " to " + wanted + "-" + MOST
                        + " are all taken; delete some, or choose another name for the session");
    }

    private boolean isFree(String name) {
        return taken.stream().noneMatch(branch -> branch.equals(name) || branch.startsWith(name + "/"));
    }
}
