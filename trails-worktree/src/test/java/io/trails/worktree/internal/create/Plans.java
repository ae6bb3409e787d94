package io.trails.worktree.internal.create;

import io.trails.spi.Plan;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.util.List;

/** Plans on a command line. */
final class Plans {
    private Plans() {}

    static List<String> print(WorktreePlan plan) {
        return plan.toPlan().values().entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .toList();
    }

    static WorktreePlan parse(List<String> pairs) {
        Plan plan = Plan.empty();
        for (String pair : pairs) {
            int end = pair.indexOf('=');
            plan = plan.with(pair.substring(0, end), pair.substring(end + 1));
        }
        return WorktreePlan.parse(plan);
    }
}
