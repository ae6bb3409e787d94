package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.ExecOptions;
import java.util.ArrayList;
import java.util.List;

/** Takes files out of a container on its way. */
final class FileMoves {
    /** An argument list has a length. */
    private static final int AT_ONCE = 500;

    private FileMoves() {}

    /**
     * Removes files, and directories with what is in them.
     *
     * @param removed relative; directories end with '/'
     */
    static ContainerStep remove(ContainerStep from, String workdir, List<String> removed) {
        ContainerStep step = from;
        var odd = new ArrayList<String>();
        for (String path : removed) {
            if (isPattern(path)) odd.add(workdir + "/" + path);
            else if (path.endsWith("/"))
                step = step.withoutDirectory(workdir + "/" + path.substring(0, path.length() - 1));
            else step = step.withoutFile(workdir + "/" + path);
        }
        for (int at = 0; at < odd.size(); at += AT_ONCE) {
            var command = new ArrayList<>(List.of("rm", "-rf", "--"));
            command.addAll(odd.subList(at, Math.min(odd.size(), at + AT_ONCE)));
            step = step.withExec(ExecOptions.of(command));
        }
        return step;
    }

    /** Some engines take such a name for a pattern, and would remove what else it fits. */
    private static boolean isPattern(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[\\$".indexOf(path.charAt(i)) >= 0) return true;
        }
        return false;
    }
}
