package io.trails.dagger.internal.files;

import io.trails.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which files of a workspace belong to a session: all but {@code .git}, the state of trails, and what .gitignore files or
 * the recipe exclude, unless the recipe includes it. Immutable.
 */
public final class FileSelection {
    /**
     * A selection.
     *
     * @param include patterns as in a .gitignore file at the root, which win over ignored and over excluded
     * @param exclude patterns as in a .gitignore file at the root
     * @param stateDirectory which belongs to nobody, wherever it lies
     */
    public static FileSelection of(List<String> include, List<String> exclude, Optional<Path> stateDirectory) {
        throw new UnsupportedOperationException();
    }

    /**
     * Why a path that a container wants to change is not the session's, by the rules in the workspace as it is now. Reads
     * each .gitignore file once for all paths that are asked of one answer.
     *
     * @param root the workspace
     */
    public Rules rules(Path root) {
        throw new UnsupportedOperationException();
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
