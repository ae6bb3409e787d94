package io.trails.worktree.internal.create;

import io.trails.TrailsException;
import io.trails.spi.WorkspaceRequest;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Runs the configured commands that prepare a new tree, in the session's directory, one after the other. */
final class Preparation {
    /** They would lead the git of a command to another repository. */
    private static final Set<String> MISLEADING = Set.of(
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_CEILING_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_CONFIG",
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_PARAMETERS",
            "GIT_DEFAULT_HASH",
            "GIT_DIR",
            "GIT_GRAFT_FILE",
            "GIT_IMPLICIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_INTERNAL_SUPER_PREFIX",
            "GIT_NAMESPACE",
            "GIT_NO_REPLACE_OBJECTS",
            "GIT_OBJECT_DIRECTORY",
            "GIT_PREFIX",
            "GIT_QUARANTINE_PATH",
            "GIT_REPLACE_REF_BASE",
            "GIT_SHALLOW_FILE",
            "GIT_WORK_TREE");

    private final WorktreePlan plan;
    private final WorkspaceRequest request;

    Preparation(WorktreePlan plan, WorkspaceRequest request) {
        this.plan = plan;
        this.request = request;
    }

    void run() {
        List<WorkspaceSettings.Setup> commands = request.settings().setup();
        if (commands.isEmpty()) return;
        Map<String, String> environment = environment(request.environment());
        for (WorkspaceSettings.Setup command : commands) {
            SetupRun.Outcome outcome = new SetupRun(command, plan.directory(), environment).run();
            if (!outcome.ok()) throw failed(command, outcome);
        }
    }

    private static Map<String, String> environment(Map<String, String> host) {
        var environment = new HashMap<>(host);
        environment.keySet().removeIf(name -> MISLEADING.contains(name.toUpperCase(Locale.ROOT)));
        return environment;
    }

    private TrailsException failed(WorkspaceSettings.Setup command, SetupRun.Outcome outcome) {
        return new TrailsException(
                "worktree.setup-failed",
                "The setup command '" + command.command().get(0) + "' in " + plan.directory() + " " + outcome.what()
                        + "; correct it in the settings, or take it out. The end of its output:\n" + outcome.output());
    }
}
