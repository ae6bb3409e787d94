package io.trails.worktree.internal.inplace;

import io.trails.spi.Plan;
import io.trails.worktree.internal.tree.SessionRefs;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which tree a session in place works in. Immutable.
 *
 * @param sessionId the session's id
 * @param key names this opening of the session
 * @param root of the tree
 * @param prefix from there to the project, with '/' at its end, or empty
 * @param base the commit that was checked out
 * @param branch the branch that was checked out, short; empty if none was
 * @param state where trails keeps its state in the tree, with '/' at its end; empty if it is elsewhere
 */
record PlacePlan(
        String sessionId,
        String key,
        Path root,
        String prefix,
        String base,
        Optional<String> branch,
        Optional<String> state) {
    private static final String SESSION = "session";
    private static final String KEY = "key";
    private static final String ROOT = "root";
    private static final String PREFIX = "prefix";
    private static final String BASE = "base";
    private static final String BRANCH = "branch";
    private static final String STATE = "state";

    static PlacePlan parse(Plan plan) {
        return new PlacePlan(
                plan.get(SESSION),
                plan.get(KEY),
                Path.of(plan.get(ROOT)),
                plan.get(PREFIX),
                plan.get(BASE),
                plan.find(BRANCH),
                plan.find(STATE));
    }

    Plan toPlan() {
        Plan plan = Plan.empty()
                .with(SESSION, sessionId)
                .with(KEY, key)
                .with(ROOT, root.toString())
                .with(PREFIX, prefix)
                .with(BASE, base);
        if (branch.isPresent()) plan = plan.with(BRANCH, branch.get());
        if (state.isPresent()) plan = plan.with(STATE, state.get());
        return plan;
    }

    SessionRefs refs() {
        return new SessionRefs(key);
    }

    Path directory() {
        return prefix.isEmpty() ? root : root.resolve(prefix);
    }
}
