package io.trails.internal.select;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a project is: what is configured for it holds whether it is reached by its own path or by a link to it.
 *
 * @param paths absolute
 */
record Places(List<Path> paths) {
    Places {
        paths = List.copyOf(paths);
    }

    static Places of(Path project) {
        Path absolute = project.toAbsolutePath().normalize();
        try {
            return new Places(List.of(absolute, project.toRealPath()));
        } catch (IOException gone) {
            return new Places(List.of(absolute)); // The engine reports a project that is not there.
        }
    }

    boolean match(String glob) {
        PathGlob compiled = PathGlob.of(glob);
        for (Path place : paths) if (compiled.matches(place)) return true;
        return false;
    }
}
