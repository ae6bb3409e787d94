package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Which files of a workspace belong to a session: all but {@code .git}, the state of trails, and what .gitignore files or
 * the recipe exclude, unless the recipe includes it. Immutable.
 */
public final class FileSelection {
    /** How the directory begins that an apply may need for a moment at the root of a workspace. */
    static final String SCRATCH = ".trails-scratch-";

    private final List<Inclusion> inclusions;
    private final IgnoreNode included;
    private final IgnoreNode excluded;
    private final Optional<Path> stateDirectory;

    private FileSelection(List<String> include, List<String> exclude, Optional<Path> stateDirectory) {
        var wanted = new ArrayList<Inclusion>(include.size());
        for (String pattern : include) wanted.add(Inclusion.of(pattern));
        this.inclusions = List.copyOf(wanted);
        this.included = IgnoreFiles.of(include);
        this.excluded = IgnoreFiles.of(exclude);
        this.stateDirectory = stateDirectory;
    }

    /**
     * A selection.
     *
     * @param include patterns as in a .gitignore file at the root, which win over ignored and over excluded
     * @param exclude patterns as in a .gitignore file at the root
     * @param stateDirectory which belongs to nobody, wherever it lies
     */
    public static FileSelection of(List<String> include, List<String> exclude, Optional<Path> stateDirectory) {
        return new FileSelection(include, exclude, stateDirectory);
    }

    /**
     * Why a path that a container wants to change is not the session's, by the rules in the workspace as it is now. Reads
     * each .gitignore file once for all paths that are asked of one answer.
     *
     * @param root the workspace
     */
    public Rules rules(Path root) {
        return rules(root, directory -> IgnoreFiles.in(root, directory));
    }

    /** The same with rules that come from elsewhere, by the path of their directory. */
    Rules rules(Path root, Function<String, Optional<IgnoreNode>> ignoreFiles) {
        return new PathRules(top(root, ignoreFiles.apply("")), ignoreFiles);
    }

    /** Where a walk begins. */
    SelectedFolder top(Path root, Optional<IgnoreNode> rules) {
        return new SelectedFolder(this, null, "", rules.orElse(null), false, true, statePath(root));
    }

    private Optional<String> statePath(Path root) {
        if (stateDirectory.isEmpty()) return Optional.empty();
        Path state = stateDirectory.get();
        Path base;
        try {
            base = root.toRealPath();
        } catch (IOException absent) {
            // Then nothing of it is walked either.
            return Optional.empty();
        }
        if (!state.startsWith(base) || state.equals(base)) return Optional.empty();
        return Optional.of(
                base.relativize(state).toString().replace(base.getFileSystem().getSeparator(), "/"));
    }

    boolean includes(String path, boolean directory) {
        return Boolean.TRUE.equals(included.checkIgnored(path, directory));
    }

    boolean excludes(String path, boolean directory) {
        return Boolean.TRUE.equals(excluded.checkIgnored(path, directory));
    }

    boolean mayIncludeBelow(String directory) {
        for (Inclusion inclusion : inclusions) {
            if (inclusion.mayMatchBelow(directory)) return true;
        }
        return false;
    }

    /** Answers for many paths of one workspace. Single-threaded. */
    public interface Rules {
        /**
         * Why the path is refused: {@code dagger.path-invalid}, {@code dagger.path-git}, {@code dagger.path-state} or
         * {@code dagger.path-ignored}; empty if it belongs to the session.
         *
         * @param path relative, '/' between names, none at its end
         */
        Optional<Reason> refusal(String path, boolean directory);
    }
}
