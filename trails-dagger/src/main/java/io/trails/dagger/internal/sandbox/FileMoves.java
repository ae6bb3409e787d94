package io.trails.dagger.internal.sandbox;

import io.trails.dagger.internal.graph.ContainerStep;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.recipe.Container;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Takes files out of a container on its way. */
final class FileMoves {
    /** An argument list has a length. */
    private static final int AT_ONCE = 500;
    /** Each that the engine removes by itself costs a layer. */
    private static final int FEW = 20;

    private static final String TAKE_BACK =
            "for path; do rm -f -- \"$path\" 2>/dev/null || rmdir -- \"$path\" 2>/dev/null; done; :";

    private FileMoves() {}

    /**
     * Removes files, and directories with what is in them.
     *
     * @param removed relative; directories end with '/'
     */
    static ContainerStep remove(ContainerStep from, Container container, List<String> removed) {
        String workdir = container.workdir();
        ContainerStep step = from;
        var odd = new ArrayList<String>();
        boolean many = removed.size() > FEW;
        for (String path : removed) {
            if (many || isPattern(path)) odd.add(workdir + "/" + path);
            else if (path.endsWith("/"))
                step = step.withoutDirectory(workdir + "/" + path.substring(0, path.length() - 1));
            else step = step.withoutFile(workdir + "/" + path);
        }
        return removeWhatever(step, container, odd);
    }

    /** Removes what is there under absolute paths, of whatever kind it is. */
    private static ContainerStep removeWhatever(ContainerStep from, Container container, List<String> removed) {
        ContainerStep step = from;
        for (int at = 0; at < removed.size(); at += AT_ONCE) {
            var command = new ArrayList<>(List.of("rm", "-rf", "--"));
            command.addAll(removed.subList(at, Math.min(removed.size(), at + AT_ONCE)));
            // The session's user may not be allowed to take away what the host's user was.
            step = step.withUser("0").withExec(ExecOptions.of(command)).withUser(container.user());
        }
        return step;
    }

    /** Removes what is there, of whatever kind it is, under relative paths without a '/' at their end. */
    static ContainerStep removeWhatever(ContainerStep from, Container container, Set<String> removed) {
        List<String> paths =
                removed.stream().map(path -> container.workdir() + "/" + path).toList();
        return removeWhatever(from, container, paths);
    }

    /** Removes files under relative paths, and directories if nothing else is in them. */
    static ContainerStep takeBack(ContainerStep from, Container container, List<String> paths) {
        List<String> last = paths.stream()
                .map(path -> container.workdir() + "/" + path)
                .sorted(Comparator.reverseOrder())
                .toList();
        ContainerStep step = from;
        for (int at = 0; at < last.size(); at += AT_ONCE) {
            var command = new ArrayList<>(List.of("/bin/sh", "-c", TAKE_BACK, "trails"));
            command.addAll(last.subList(at, Math.min(last.size(), at + AT_ONCE)));
            step = step.withUser("0").withExec(ExecOptions.of(command)).withUser(container.user());
        }
        return step;
    }

    /** How many layers that costs at the most. */
    static int layers(List<String> removed) {
        int commands = removed.size() / AT_ONCE + 1;
        return removed.isEmpty() ? 0 : commands + Math.min(removed.size(), FEW);
    }

    /** Some engines take such a name for a pattern, and would remove what else it fits. */
    private static boolean isPattern(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[\\$".indexOf(path.charAt(i)) >= 0) return true;
        }
        return false;
    }
}
