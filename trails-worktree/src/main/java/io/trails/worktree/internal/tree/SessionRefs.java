package io.trails.worktree.internal.tree;

/**
 * The refs of one session, below {@code refs/trails/}: they keep its commits from being collected, and no push or fetch of the
 * user's takes them along. Immutable.
 *
 * @param key names one opening of one session: its id, a hyphen, and what was drawn for it
 */
public record SessionRefs(String key) {
    private static final String ROOT = "refs/trails/";

    /** The commit whose tree the session started with: the base, or a snapshot of what was carried on top of it. */
    public String start() {
        return ROOT + "sessions/" + key + "/start";
    }

    /** Below it, the session's checkpoints by number. */
    public String checkpoints() {
        return ROOT + "checkpoints/" + key + "/";
    }

    /** Below it, by number, the session's commits whose work went into a branch without them: by a squash, or a rebase. */
    public String merged() {
        return ROOT + "sessions/" + key + "/merged/";
    }

    /** Below it, by the same numbers, the commits of the branch that have that work. */
    public String mergedAs() {
        return ROOT + "sessions/" + key + "/merged-as/";
    }

    /** Below it, what was rescued of the session. */
    public String trash() {
        return ROOT + "trash/" + key + "/";
    }

    /** Below it, what was rescued of all sessions. */
    public static String allTrash() {
        return ROOT + "trash/";
    }

    /** Below it, the checkpoints of all sessions. */
    public static String allCheckpoints() {
        return ROOT + "checkpoints/";
    }
}
